//! Ways to something and around it, what things share, and conditions in words.

use super::{Phrasing, row};

pub(super) const ROWS: &[Phrasing] = &[
    // Time.
    row(
        "plan|learn|study|schedule|do|roadmap for|to? become|learn? a|an? A at|with|in|for|given? N hours|h|hrs|hour a|per|each|every week",
        &["plan A then schedule at N default 1", "plan A"],
        "plan mlops 6 hours a week",
    ),
    row(
        "plan|learn|study|schedule|do|roadmap for|to? become|learn|be? a|an? A in|within|over|for N weeks|week",
        &["plan A then schedule in N default 1", "plan A"],
        "plan for sre in 10 weeks",
    ),
    row(
        "make|give|show|create|me|a? me? a? weekly? schedule|calendar|timetable|gantt|timeline chart? for|of|to|on? learn|become? a|an? A",
        &["plan A then schedule at 5 default 1", "plan A"],
        "schedule mlops",
    ),
    // Ways.
    row(
        "path|way|route|get|go from? A to|-> B via|through|over|using|by T",
        &["path A -> B via T"],
        "path from linux to llmops through docker",
    ),
    row(
        "path|way|route|get|go from? A to|-> B without|avoiding|avoid|around|not|skipping T",
        &["path A -> B avoid T"],
        "path from linux to llmops without python",
    ),
    row(
        "get|bring|take|lead|show|give|guide|i|we|how|moving|move|switch|switching|change|changing|transition|come want|need|have|me|us|do|can|to? i|we|to? move|switch|change|get|go|come|transition|the|a? way|path|route|career? from|being A to|into|towards B",
        &["path A -> B"],
        "get me from linux to aiops",
    ),
    row(
        "what|what's|which is? the|a? fastest|quickest|shortest|best|easiest|cheapest|simplest|least way|path|route|road|plan|effort to|into|for|towards learn|become|learning|becoming|reach? a|an? A",
        &["plan A"],
        "what is the fastest way to llmops",
    ),
    row(
        "the|a? fastest|quickest|shortest|best|easiest|cheapest|simplest|minimal|minimum way|path|route|road|plan|curriculum to|into|for|towards learn|become|learning|becoming|reach? a|an? A",
        &["plan A"],
        "fastest path to mlops",
    ),
    row(
        "the|all|what|show? are|me? the|all? steps|stages|topics|order|sequence|things|milestones|everything to|for|of|until|towards|toward|needed|required|i need|to|for? to|for? learn|learning|become|becoming|master|mastering|reach|get|know|study? to|into? a|an? A",
        &["plan A"],
        "steps to learn kubernetes",
    ),
    row(
        "a|an|the? learning|study|training|career|learn|road|reading|education|self-study|lesson|course path|plan|roadmap|map|track|curriculum|program|programme|course|list|guide|journey|order|outline for|to|of|towards|toward|into|on|in? becoming|become|being|learning|learn? a|an? A",
        &["plan A"],
        "learning path for mlops",
    ),
    row(
        "show|give|make|create|build|write|get|i|we|generate|need|want me|us|want|need|would? like? a|an|the|my|to? plan|roadmap|curriculum|path|syllabus|course|way|learn for|to|of|on|towards? learn|become|becoming|learning? a|an? A",
        &["plan A"],
        "make me a plan for mlops",
    ),
    row(
        "in|what|which what|which|the? order|sequence should|do|to|can|must|would|shall i|we|one? learn|study|take|do A",
        &["plan A"],
        "in what order should I learn docker, helm and python",
    ),
    row("plan A knowing B", &["plan A knowing B"], "plan llmops knowing docker and python"),
    row(
        "should|do|shall|must i|we|one learn|study|start|take|do|know with? A or|before|and then? B first|next?",
        &["why A in (prereqs B)"],
        "should I learn docker or kubernetes first",
    ),
    row(
        "can|could|may|should|do i|we|one skip|omit|avoid|leave|drop|ignore out|away? A for|in|on|to|of|when|if learning|becoming? a|an? B",
        &["why A in (must B)"],
        "can I skip aws for devops",
    ),
    row(
        "can|could|is|should i|we|one|there|it? learn|do|use|become|understand|master|study|possible|a|any|way|get to? learn|way? to? a|an? A without|before knowing|learning? B",
        &["why B in (must A)"],
        "can I learn kubernetes without docker",
    ),
    // Why, and who says so.
    row(
        "who|which|what|where source|sources|text|texts|does|is|it? says|say|said|claims|states|it? that|say|says? A is|are needed|required|recommended|necessary|important for|in|by|to|of B",
        &["why A in (prereqs B)"],
        "who says that docker is needed for mlops",
    ),
    row(
        "who|which|what|where|list|show|the? source|sources|texts|references|citations|documentation|docs|links|material|resources|books|evidence|says|speaks|mentions|talks mention|mentions|about|for|on|of|to|say|says|cover|covers about|for|on|so|something? A",
        &["sources of A"],
        "resources for docker",
    ),
    row(
        "why should|must|would|do|shall|learn|know|use|is|need i|we|one|anyone|important|useful|good|people|? learn|know|need|use|study|bother|care|with? with|about|for? A important|useful|good|popular?",
        &["unlocks A"],
        "why should I learn linux",
    ),
    row("why A", &["unlocks A"], "why kubernetes"),
    row(
        "is|how|are important|useful|popular|good? is|are? A still|really? worth|important|useful|relevant|good|popular|dead it|learning|knowing|to? learn?",
        &["unlocks A"],
        "is docker worth learning",
    ),
    row("how important|useful|popular|relevant is|are A", &["unlocks A"], "how important is linux"),
    row(
        "things|nodes|what|everything|anything|all|who|topics that|which|else? needs|need|requires|require|uses|use|depends|depend|builds|build|rests on|upon? A",
        &["unlocks A"],
        "things that need docker",
    ),
    row(
        "what|who does|do|is|was|the? A mean|means|stand|do|about|stands for?",
        &["show A"],
        "what does gitops mean",
    ),
    // In the place of something.
    row(
        "what|which|anything|something|is else|other|there|tools|tool|options? can|could|may|do|else|is|are? i|we|one|there? use|take|learn|try|have|do? instead|besides|rather of|than|to|for? A",
        &["alternatives of A", "near A"],
        "what else can I use instead of docker",
    ),
    row(
        "something|anything|tools|things|what|technologies that|which|is|are? similar|like|comparable|equivalent to|with? A",
        &["alternatives of A", "near A"],
        "something like docker",
    ),
    row(
        "alternatives|alternative|substitutes|substitute|replace|replacement|replacements|replacing|instead|competitors for|of|to? A",
        &["alternatives of A", "near A"],
        "alternatives docker",
    ),
    // What things share, or not.
    row(
        "what|which? are|is? the|all? common|shared|joint|same|overlapping K of|for|in|between|to|that A and|, B",
        &["K of A intersect K of B"],
        "common skills of sre and devops engineer",
    ),
    row(
        "what|which|the? K common|shared|used|needed|that|are|do|overlap|both to|by|between|in|both|shared|common|for|of? to|by|in? both? A and|, B share|have|need|use|overlap|both? in? common?",
        &["K of A intersect K of B"],
        "skills shared by sre and devops engineer",
    ),
    row(
        "what|which|how do|does|have|much A and B have|share|overlap|need|both in? common?",
        &["prereqs A intersect prereqs B"],
        "what do mlops and llmops have in common",
    ),
    row(
        "the|what|what's|show? is? the? overlap|intersection|commonalities|similarities|common ground? of|between|in|to A and|with|, B",
        &["prereqs A intersect prereqs B"],
        "overlap between mlops and llmops",
    ),
    row(
        "what|which T? does|do|is|are|needs|has|comes A need|needs|require|requires|ask|have|has|want|in|for|add for? that|which|but|and|over|beyond|to|on|compared top? not|to|with? in|of|for|is? B doesn't|does|do|don't|has|hasn't|not? not|have|need? need|require|have|ask?",
        &["prereqs A except prereqs B"],
        "what does sre need that devops doesn't",
    ),
    row(
        "K used|needed|required|learned|that|which in|for|by|of|are in|for|of? A but|and|except|minus|without not|those|ones? in|for|by|of|used? by|in|for|of? B",
        &["K of A except K of B"],
        "tools used in devops but not in gitops",
    ),
    // Which of a kind.
    row(
        "which|what|the K is|are the? most|more|very|least? important|popular|used|needed|useful|common|central|best|key",
        &["rank K by unlocks"],
        "which tool is most important",
    ),
    row(
        "what|which|the|what's? is|are? the? easiest|shortest|quickest|simplest|smallest|fastest|nearest K to|for|that|i? i|can|learn|become|start|get|reach|beginners? learn|with|into|become?",
        &["rank K by prereqs then sort by prereqs"],
        "easiest role",
    ),
    row(
        "what|which|the|what's? is|are? the? hardest|longest|biggest|largest|heaviest|toughest K to|for|that? learn|become|start|get|reach? with|into?",
        &["rank K by prereqs"],
        "hardest role",
    ),
    row(
        "what|which K suits|suit|fits|fit|matches|match|needs|need|use|uses|require|requires|asks|ask|want|wants|involve|involves|include|includes|has|have|know|knows for|to|with? A",
        &["K of A"],
        "what role suits docker and python",
    ),
    row(
        "what|which|list|show|all|find? K with|having|that|of|named|by|where have|has|are|is? more|greater|over|bigger|larger than N F",
        &["K then where F > N"],
        "tools with more than 2 sources",
    ),
    row(
        "what|which|list|show|all|find? K with|having|that|where have|has? at least|minimum N F",
        &["K then where F >= N"],
        "tools with at least 2 sources",
    ),
    row(
        "what|which|list|show|all|find? K with|having|that|where have|has|take|takes|need? less|fewer|under|below than? N F",
        &["K then where F < N"],
        "tools with less than 2 hours",
    ),
    row("K >|over|above N F", &["K then where F > N"], "tools > 2 sources"),
    row("K <|under|below N F", &["K then where F < N"], "tools under 2 hours"),
    row(
        "what|which|list|show|all|find? K that|which|whose? name|names? starting|beginning|starts|start|begins|begin with T",
        &["K then where name starts with \"T\""],
        "tools starting with k",
    ),
    row(
        "what|which|list|show|all|find? K that|which|whose|are? name|names? named|called|containing|like|matching|contains|contain|with|has|have name? T",
        &["K then where name contains \"T\""],
        "tools called kube",
    ),
    row(
        "the? number|count|amount|total|quantity of|the? the? K in|of|for|needed by|for? A",
        &["K of A then count"],
        "number of tools in mlops",
    ),
    row("count the|all|of? K of|in|for A", &["K of A then count"], "count tools of mlops"),
    row("what|which K", &["K"], "which roles"),
    // Pictures are formats: what is drawn is asked as ever.
    row(
        "draw|plot|picture|visualize|visualise|diagram|chart|graph|image|mindmap|tree|map|drawing me? of|for|the? A",
        &["prereqs A"],
        "draw llmops",
    ),
];
