//! Longer sentences: what somebody is, knows and wants; how much of something; which of many.

use super::{Phrasing, row};

pub(super) const ROWS: &[Phrasing] = &[
    // What somebody knows and wants.
    row(
        "given|if|since|assuming|when|as|now? that? i|we|having already|just|have|'ve|am? know|knows|have|learned|learnt|finished|completed|mastered|did|done with? A ,|and|so|then|.? what|what's|where|which now|next|is|comes|should|can|do|to|about? i|we|to|should? learn|do|go|study|start|next|now? next|now|from?",
        &["ready knowing A"],
        "i finished docker, what now",
    ),
    row(
        "done|finished|after with? A ,|and|so|then? what|what's|where now|next|is|comes|should|can|do|to? i|we|to? learn|do|go|study|start|next|now? next|now?",
        &["ready knowing A"],
        "done with linux, what next",
    ),
    row("A ,|and? what|what's? is? next|now|then", &["ready knowing A"], "docker next"),
    row(
        "given|if|since|assuming|when|as|now? that? i|we|having already|just? know|knows|have|learned|learnt|finished|mastered A ,|and|so|then? how|what|which|i do|does|should|can|must|skills|want|would|else? i|we|like|to? still|else|to? get|need|go|learn|have|know|do|study|become|be|want|miss|is|missing to|for|learn|know|into|left? become|learn|for|do|to|be|know? for? a|an? B",
        &["plan B knowing A"],
        "given that i know docker what do i need for gitops",
    ),
    row(
        "A for|to|with somebody|someone|people|person|anyone|one|engineers|a who|that|with|knowing|having knows|know|has|have|knowing? B",
        &["plan A knowing B"],
        "mlops for someone who knows python",
    ),
    row(
        "i|we|as|i'm am|are|work|currently|was? as|in|a|an|working? a|an|as? A and|,|but|who|i|how want|wants|would|wanting|like|can|do|should|need? i|we|to|like? want|to? to? become|be|get|learn|go|move|switch|do|enter|reach into|to|in|a|an? a|an? B",
        &["path A -> B"],
        "i am a devops engineer and want to become an mlops engineer",
    ),
    row(
        "the|a? career|learning|migration path|way|route|change|switch from? A to|into? B",
        &["path A -> B"],
        "career path devops to llmops",
    ),
    row(
        "is|are there a|any|some? path|way|route|connection|link|road between|from|of? A to|and|into B",
        &["path A -> B"],
        "is there a path from docker to llmops",
    ),
    row(
        "does|do|can|will A lead|leads|connect|go|get|bring|take me|you? to|into|towards|with B",
        &["path A -> B"],
        "does docker lead to llmops",
    ),
    row(
        "how are|is|do|does A and|to|with B related|connected|linked|connect|relate",
        &["path A -> B"],
        "how are docker and llmops related",
    ),
    row(
        "what|what's|which is|are? the|a|my? path|way|route|road|plan|roadmap to|for|into|towards being|becoming|become|learn|learning? a|an? A",
        &["plan A"],
        "what is the path to becoming an sre",
    ),
    row(
        "path|way|route|road|journey to|into|towards|toward becoming|become|learn? a|an? A",
        &["plan A"],
        "path to llmops",
    ),
    row(
        "i|we don't|dont|can't|do|never not|even? know|understand|have A yet?",
        &["plan A"],
        "i don't know docker",
    ),
    row(
        "the? entry|minimum|formal|basic|necessary|required requirements|prerequisites|requirement|knowledge|basics for|of|to become|be|learn? a|an? A",
        &["prereqs A"],
        "entry requirements for mlops engineer",
    ),
    // How much.
    row(
        "how hard|difficult|big|large|complex|deep|easy|demanding is|are|would|to? be|learn|it? to? learn? A to? learn|be?",
        &["prereqs A then count"],
        "how hard is kubernetes",
    ),
    row(
        "is|are A hard|difficult|easy|complex|big|much|demanding to? learn?",
        &["prereqs A then count"],
        "is kubernetes hard",
    ),
    row(
        "how many prerequisites|prereqs|requirements|dependencies does|do|has|are|for|of|to|in? there? for|of|to? A have|has|need|needs|require?",
        &["prereqs A then count"],
        "how many prerequisites does kubernetes have",
    ),
    row(
        "how many steps|things|topics to|for|until|are|in|do|must|does|before|has? there|i|we|to|for|learn|in|it? need|have|to|take|in|for|learn? to|until|for? learn|reach|become? a|an? A have|has|take|need?",
        &["plan A then count"],
        "how many steps to llmops",
    ),
    row(
        "the? total|all|overall|sum|estimated? time|hours|effort|weeks|months|days|duration|workload needed|required|of|to|it? takes|take|study? to|for|of|until|in? learn|become|study|finish|master? a|an? A",
        &["plan A then sum hours", "plan A"],
        "total hours for llmops",
    ),
    row(
        "can|could|is|how i|it|one|do? possible|to? learn|become|finish|do|master a|an? A in|within|under N weeks|week",
        &["plan A then schedule in N default 1", "plan A"],
        "can i learn mlops in 12 weeks",
    ),
    row(
        "with? N hours|h|hrs|hour a|per|each|every week for|on|to|of learn? A",
        &["plan A then schedule at N default 1", "plan A"],
        "5 hours per week for kubernetes",
    ),
    row(
        "how many nodes|entries|items|facts are|is|do|does? there|you|it|this? have|know|graph?",
        &["nodes then count"],
        "how many nodes",
    ),
    // Beside and instead.
    row(
        "explain|tell|show|describe|give me|us? the? difference|differences|comparison|contrast between|of|in|from a|an|the? A and|to|vs|versus|, a|an|the? B",
        &["compare A, B"],
        "explain the difference between mlops and aiops",
    ),
    row(
        "A vs|versus|or|against|, B vs|versus|or|against|, T",
        &["compare A, B, T"],
        "prometheus vs grafana vs datadog",
    ),
    row(
        "should|shall|do|would|better|is i|we|one|it? use|take|choose|learn|pick|prefer|study|better A or|over|to|than B",
        &["compare A, B"],
        "should i use docker or podman",
    ),
    row(
        "can|could|may|should i|we|one? use|take|learn|have|know|choose? A instead|rather|for|in of|than|place? of? B",
        &["why A in (alternatives of B)"],
        "can i use podman instead of docker",
    ),
    row(
        "A instead|rather|for|in of|than|place of? B",
        &["why A in (alternatives of B)"],
        "podman instead of docker",
    ),
    row(
        "does|can|could|is|will|may A an|a? replace|replaces|substitute|replacement|alternative|same|as good|as? for|of|to|as? B",
        &["why A in (alternatives of B)"],
        "does podman replace docker",
    ),
    // Shared, or not.
    row(
        "K that|which are|is|belong|appear in|of|to|for both A and B",
        &["K of A intersect K of B"],
        "skills that are in both sre and devops engineer",
    ),
    row(
        "K A and B share|have|need|use both|in? common?",
        &["K of A intersect K of B"],
        "skills sre and devops engineer share",
    ),
    row(
        "what|what's|which is|are? new|added|extra|different|special|additional|more in|for|about|with A compared|over|against|relative|versus|vs|that|than|beyond to|is|with|not|in? not|in? B",
        &["prereqs A except prereqs B"],
        "what is new in llmops compared to mlops",
    ),
    row(
        "what|which T? do|must|should i|we have|need|learn|know to? learn|know|do? for A that|but|which i|we|is|are? don't|do|isn't|aren't|not not|need|have|needed? have|need|needed|learn|know|to? to|need? learn|know? for|in B",
        &["prereqs A except prereqs B"],
        "what do i have to learn for llmops that i don't need for mlops",
    ),
    row(
        "K not|never used|needed|required|learned|known|asked by|in|of|for any|a|an|some|all? A",
        &["K except K of A"],
        "tools not used by any role",
    ),
    // Which of a kind.
    row(
        "K requiring|needing|wanting|involving|using for? A",
        &["K of A"],
        "roles requiring kubernetes",
    ),
    row("A K list|overview|table|summary", &["K of A"], "mlops engineer skills list"),
    row("only|exactly|the|all|purely the? K of|for|in|from A", &["K of A"], "only tools of devops"),
    row(
        "what|which|list|show|all? K with|having|that|which have|has|a|an|the|any|known? F",
        &["K then where F is not null"],
        "roles with salary",
    ),
    row(
        "what|which|list|show|all? K with|by|having|has|have the? highest|largest|most|biggest|greatest F",
        &["K then sort by F desc"],
        "tools with most sources",
    ),
    row(
        "what|which|list|show|all? K with|by|having|has|have the? lowest|least|smallest|fewest F",
        &["K then sort by F"],
        "tools with fewest sources",
    ),
    row(
        "sort|order|list|show|rank the|all? K sorted|ordered? by F descending|desc",
        &["K then sort by F desc"],
        "sort tools by sources descending",
    ),
    row(
        "sort|order|list|show the|all? K sorted|ordered? by F ascending|asc?",
        &["K then sort by F"],
        "sort tools by name",
    ),
    row("the|show|list|give? first|any|some|me? N K", &["K then limit N"], "first 5 tools"),
    row(
        "what|which? are|is? the? most|best|highest connected|linked|central|related K",
        &["rank K by degree"],
        "most connected tools",
    ),
    row(
        "what|which|the is|are? the? most|best|key? important|popular|common|used|central|useful|key|best|main K for|in|of|to become|be? a|an? A",
        &["K of A then sort by sources desc"],
        "what is the most important skill for mlops",
    ),
    row(
        "which|what K is|are closest|nearest|similar|related|close|next to A",
        &["near A"],
        "which domain is closest to devops",
    ),
    row(
        "show|list|give|get|print|see|me? me|us? everything|all|nodes there? is?",
        &["nodes"],
        "show everything",
    ),
    // Why.
    row(
        "why is|are A in|part|on|a of|part|in|on? of? the|my|a? plan|list|path|way|curriculum for|of|to|towards? B",
        &["why A in (plan B)"],
        "why is linux in the plan for sre",
    ),
    row(
        "explain|prove|show|tell|say|is me? why|that|how|it A is|are needed|required|recommended|part|in|necessary for|of|in|by|to? B",
        &["why A in (prereqs B)"],
        "explain why docker is needed for llmops",
    ),
    row(
        "what happens|changes|breaks|if|is if|lost|when? i|we|if? i|we? skip|drop|remove|omit|avoid|leave|ignore|lose A out?",
        &["unlocks A"],
        "what happens if i skip docker",
    ),
    row("next|continue|go on? please?", &["ready"], "next"),
    row("me|myself", &[".know"], "myself"),
];
