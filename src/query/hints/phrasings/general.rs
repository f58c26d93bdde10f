//! Queries that lack something, and questions about the graph.

use super::{Phrasing, row};

pub(super) const ROWS: &[Phrasing] = &[
    // Stages without `then`, and under other names.
    row("select count T? from K", &["K then count"], "select count(*) from tools"),
    row("select * from Q where T", &["Q then where T"], "select * from tools where sources > 2"),
    row("select * from Q", &["Q"], "select * from tools"),
    row(
        "select F from Q where T",
        &["Q then where T then select F"],
        "select name from tools where sources > 2",
    ),
    row("select F from Q", &["Q then select F"], "select id, name from tools"),
    row("Q then? where|filter|having|with T", &["Q then where T"], "tools where sources > 2"),
    row("Q then? limit|top|first|head|take N", &["Q then limit N"], "tools limit 5"),
    row("Q then? offset|skip N", &["Q then offset N"], "tools skip 5"),
    row(
        "Q then? sort|order|sorted|ordered by T then? limit|top|first|head|take N",
        &["Q then sort by T then limit N"],
        "tools order by sources desc limit 3",
    ),
    row("Q then? sort|order|sorted|ordered by T", &["Q then sort by T"], "tools order by name"),
    row("Q then? group|grouped by F", &["Q then group by F"], "tools group by layer"),
    row("Q then? count|length|number", &["Q then count"], "tools count"),
    row("Q then? select|fields|columns|project F", &["Q then select F"], "tools fields name, id"),
    // Paths and plans.
    row(
        "how? do|can|should|to|would? i|we|you? path|get|go|come|way|route from? A to|into B",
        &["path A -> B"],
        "how do I get from docker to llmops",
    ),
    row(
        "the? shortest|quickest|fastest|best path|way|route|road from|between? A to|into|and B",
        &["path A -> B shortest"],
        "shortest path from linux to llmops",
    ),
    row("path|way|route between A and B", &["path A -> B"], "path between docker and llmops"),
    row("path|way|route|roadmap|from from? A to? B", &["path A -> B"], "path docker llmops"),
    row("plan from? A to? B", &["plan A -> B"], "plan from devops to llmops"),
    row("A to B", &["path A -> B"], "docker to llmops"),
    row(
        "allpaths|ways|routes|paths all? between|from? A to|and|, B",
        &["paths A -> B"],
        "ways from docker to llmops",
    ),
    row(
        "plan A without|excluding|exclude|skip|skipping|minus|except B",
        &["plan A avoid B"],
        "plan gitops without aws",
    ),
    row("plan A but? not|no B", &["plan A avoid B"], "plan gitops but not aws"),
    row(
        "plan A and|but|if|when|given|since? i|we already? know|knows|have|learned B",
        &["plan A knowing B"],
        "plan llmops i know docker",
    ),
    row("plan A with|having|given|already B", &["plan A knowing B"], "plan llmops with docker"),
    row(
        "plan|roadmap|path|curriculum to|for? become|becoming|be|learn a|an? A",
        &["plan A"],
        "plan to become mlops engineer",
    ),
    row(
        "roadmap|curriculum|syllabus to|for|of|toward|towards? A",
        &["plan A"],
        "roadmap for mlops",
    ),
    // What one knows, and what comes next.
    row(
        "i|we already? know|have|learned|knows? A and|, want|how|what T? learn|become|to B",
        &["plan B knowing A"],
        "I know docker and want to learn mlops",
    ),
    row(
        "i|we already? know|have|learned A and|,|so|then? what|what's? is|comes|should|can|do? i? learn|do? next|now",
        &["ready knowing A"],
        "i know docker and linux what next",
    ),
    row("knowing A ,? what next|now", &["ready knowing A"], "knowing docker what next"),
    row(
        "what|what's? is|comes|should|can|could|do? i|we|one? learn|do|study? next|after|with after? A",
        &["ready knowing A"],
        "what can I learn after docker",
    ),
    row("next|then after|to? A", &["ready knowing A"], "next after docker"),
    row(
        "what|where|how should|can|do|could|to? i|we|one? learn|start|begin|study first|next|now for|with|to|in learn? A",
        &["ready for A"],
        "what should I learn first for mlops",
    ),
    row(
        "what|where|how should|can|do|could|to i|we|one? learn|start|begin|study|do first|next|now?",
        &["ready"],
        "what should I learn first",
    ),
    row("getting|get? start|started", &["ready"], "get started"),
    row("what|what's is? next|first", &["ready"], "what's next"),
    // How many.
    row(
        "how many K does|do|are|in|of|for|has A use|need|have|require|know|has?",
        &["K of A then count"],
        "how many tools does mlops need",
    ),
    row(
        "how many K are|is|do? there|exist|we|you? have|know|are? there?",
        &["K then count"],
        "how many tools are there",
    ),
    row("the? number|count|amount|total of|the? all? K", &["K then count"], "number of tools"),
    // What is important.
    row(
        "top|first|best N K of|for|in A",
        &["K of A then sort by sources desc then limit N"],
        "top 5 tools for mlops",
    ),
    row(
        "top|first|best N K by F",
        &["K then sort by F desc then limit N"],
        "top 5 tools by sources",
    ),
    row(
        "top|best N most? important|popular|common|used|known? K",
        &["K then sort by sources desc then limit N"],
        "top 5 tools",
    ),
    row(
        "what|which? are? the? most|more|very? important|popular|common|used|best|main|key|top|essential|favourite|favorite K in|of|for A",
        &["K of A then sort by sources desc"],
        "most important tools for mlops",
    ),
    row(
        "what|which? are? the? most|more|very important|popular|common|used|needed|cited|known|essential K",
        &["rank K by unlocks"],
        "most important tools",
    ),
    row(
        "what|which? are? the? important|popular|common|best|main|key|top|essential|favourite|favorite K",
        &["rank K by unlocks"],
        "what are the best tools",
    ),
    // Why.
    row(
        "why do|does|should|would|must|is|are? i|we|one|you? need|learn|know|use|study|have? to? learn|know? A for|to|before|in learn|become|know|do? a|an? B",
        &["why A in (prereqs B)"],
        "why do i need docker for llmops",
    ),
    row(
        "why is|are? A needed|required|necessary|recommended|important|a|part for|of|in|to|by|prerequisite of|for? learn? B",
        &["why A in (prereqs B)"],
        "why is docker needed for llmops",
    ),
    row(
        "why does|do B need|needs|require|requires|use A",
        &["why A in (prereqs B)"],
        "why does llmops need docker",
    ),
    row(
        "is|are A really|always|absolutely? needed|required|necessary|mandatory|essential for|of|in|to|by learn|become? a|an? B",
        &["why A in (must B)"],
        "is docker needed for llmops",
    ),
    row(
        "is|are A recommended|a|part|useful|helpful|prerequisite prerequisite|part? for|of|in|to|by learn? B",
        &["why A in (prereqs B)"],
        "is docker recommended for llmops",
    ),
    row(
        "do|does|should|must i|we|one? really? need|learn|know|have? to? learn|know? A for|to|before learn|become? a|an? B",
        &["why A in (must B)"],
        "do I need docker for llmops",
    ),
    row(
        "do|does B need|require|use|include|depend on? A",
        &["why A in (prereqs B)"],
        "does llmops need docker",
    ),
    row("why A for|in|before|of B", &["why A in (prereqs B)"], "why docker for llmops"),
    // Beside one another.
    row(
        "what|what's? is|are? the? difference|differences|diff|comparison between|of|in|from? A and|to|vs|versus|, B",
        &["compare A, B"],
        "difference between mlops and aiops",
    ),
    row(
        "how is|are|does|do A differ|different|differs|compare from|to|with B",
        &["compare A, B"],
        "how is mlops different from aiops",
    ),
    row("difference|differences|diff|comparison A B", &["compare A, B"], "difference mlops llmops"),
    row("compare A to|with|against|and|or B", &["compare A, B"], "compare mlops against aiops"),
    row("is? A better|worse|vs|versus|against than? B", &["compare A, B"], "devops vs gitops"),
    row(
        "what|which|who|list|find|are? the? alternatives|alternative|replacement|replacements|substitute|substitutes|competitors|options to|of|for A",
        &["alternatives of A", "near A"],
        "alternatives to docker",
    ),
    row(
        "what|which? can|could|do? i? replace|replaces|instead of|use? A",
        &["alternatives of A", "near A"],
        "what can replace docker",
    ),
    row(
        "A alternatives|alternative|competitors",
        &["alternatives of A", "near A"],
        "docker alternatives",
    ),
    row("similar|related|like|close to|with? A", &["near A"], "similar to docker"),
    row(
        "what|which is|are related|similar|close|connected to A",
        &["near A"],
        "what is related to docker",
    ),
    // What something opens.
    row(
        "what does|do|can|will A unlock|unlocks|open|enable|lead|allow|give to|up|me?",
        &["unlocks A"],
        "what does docker unlock",
    ),
    row(
        "what|who|which needs|need|requires|require|uses|use|depends|builds on|upon? A",
        &["unlocks A"],
        "what depends on docker",
    ),
    row("depends|depend|dependent|builds on|upon A", &["unlocks A"], "depends on docker"),
    row(
        "what is|are? A good|used|useful|needed|required for?",
        &["unlocks A"],
        "what is docker good for",
    ),
    row("unlocked|enabled|opened by A", &["unlocks A"], "unlocked by docker"),
    row(
        "rdeps|dependents|enables|opens|after|descendants of|on? A",
        &["unlocks A"],
        "dependents of docker",
    ),
    // What one needs.
    row(
        "prerequisites|prerequisite|prereqs|prereq|requirements|requirement|requires|require|needs|need|deps|dependencies|before|basics of|for|to|from? learn? A",
        &["prereqs A"],
        "prerequisites of llmops",
    ),
    row(
        "what|which|list|show? is|are? the? prerequisites|prerequisite|prereqs|requirements|dependencies of|for A",
        &["prereqs A"],
        "what are the prerequisites for mlops",
    ),
    row(
        "what is|are|do|does|should|must|comes|come|to|has? i|we|one? need|needed|required|require|requires|necessary|know|learn|study? to? be? known|know|learned? for|before|to become|learn|know? A",
        &["prereqs A"],
        "what do I need to know for llmops",
    ),
    row(
        "what does|do A need|needs|require|requires|depend|build on?",
        &["prereqs A"],
        "what does llmops need",
    ),
    row(
        "A prerequisites|prerequisite|requirements|prereqs|dependencies",
        &["prereqs A"],
        "llmops prerequisites",
    ),
    // Of a kind.
    row(
        "what|which|list|show|find|give|get|me? K does|do|are|is|should|must|can|to|i|used|needed? A use|uses|need|needs|require|have|know|for|in|learn?",
        &["K of A"],
        "which tools does mlops use",
    ),
    row(
        "what|which K should|do|must|can|to i|we|one|people? learn|know|use|need|study|master for|in|with|to|as? become|learn|do? a|an? A",
        &["K of A"],
        "which tools should I learn for gitops",
    ),
    row(
        "what|which|list|show|find|give|get|all|me? K i? for|in|from|by|with|used|needed|using|use|uses|required|that|about|do|should|need|are|people|belong|learn|know learn|know|know|use|uses|need|needs|have|used|needed? by|in|for|to|be? a|an? A",
        &["K of A"],
        "skills for sre",
    ),
    row(
        "show|list|find|give|get|tell me|us? the|all? K of|for|in|about A",
        &["K of A"],
        "give me the skills of sre",
    ),
    row("A K", &["K of A"], "mlops tools"),
    row(
        "what|which? list|show|get|all|every|give|display|print|find|enumerate|any|see|are me|all|of? all|the? the? K are|is|exist? there|exist? here?",
        &["K"],
        "list tools",
    ),
    row(
        "what|which K are|is|do|exist there|exist|you|we? have|know?",
        &["K"],
        "which tools are there",
    ),
    row("F of|for A", &["A then select name, F"], "salary of mlops engineer"),
    row(
        "what|what's? is|are? the? F of|for a|an? A",
        &["A then select name, F"],
        "what is the salary of a mlops engineer",
    ),
    row("A F", &["A then select name, F"], "mlops engineer salary"),
    row("F A", &["A then select name, F"], "salary sre"),
    // Sets.
    row("K not in|of|for A", &["K except K of A"], "tools not in mlops"),
    row(
        "K of|for|in A but? not|except|minus|without|missing in|of|for|by? B",
        &["K of A except K of B"],
        "tools of mlops not in devops",
    ),
    row(
        "K without|lacking|missing a|an|any? F",
        &["K then where F is null"],
        "roles without salary",
    ),
    row(
        "Q but? not|except|minus|without|excluding in? R",
        &["Q except R"],
        "tools of mlops minus tools of devops",
    ),
    row(
        "K in|of|for? both in|of|for? A and B",
        &["K of A intersect K of B"],
        "skills in both sre and devops",
    ),
    row("Q and also? R", &["Q, R", "Q union R"], "docker and kubernetes"),
    row("Q or|plus R", &["Q, R", "Q union R"], "docker or podman"),
    // One thing.
    row("what|what's|who|who's is|are? a|an? A", &["show A"], "what is gitops"),
    row(
        "tell|show|give me? more|something|everything? about|of A",
        &["show A"],
        "tell me about docker",
    ),
    row("everything|anything|all about|on A", &["show A"], "everything about docker"),
    row(
        "define|explain|describe|about|info|information|get|display|print|definition|details|open|card|meaning|facts of|on|about|for? A",
        &["show A"],
        "explain gitops",
    ),
    row("A definition|meaning|info|explained|details", &["show A"], "gitops explained"),
    row("show K", &["K"], "show tools"),
    row("neighbors|neighbours|around|neighborhood of? A", &["near A"], "neighbours of docker"),
    row("search|grep|lookup|google|query|look for|up? T", &["find \"T\""], "search docker"),
    // To learn.
    row(
        "how|where|when|best|i|we|help|teach|please do|can|should|could|would|to|way|want|need|like|me? i|we|you|one|to? to? learn|study|master|understand|become|be|start|use|know about|with|a|an? A",
        &["plan A"],
        "how do I learn llmops",
    ),
    row(
        "learn|study|master|become|understand|teach|becoming|learning about|me|a|an? A",
        &["plan A"],
        "learn kubernetes",
    ),
    // The verb with a word too many, or behind what it is about.
    row("V of|for|from|the|to|about|in|on the? A", &["V A"], "prereqs of llmops"),
    row("A V", &["V A"], "llmops prereqs"),
    row("of|for|from|the|a|an A", &["A"], "the docker"),
    row("does? A L B", &["why B in (prereqs A over L)", "near A"], "mlops builds-on devops"),
    row("A B", &["A, B"], "docker kubernetes"),
    row("V A", &["V A"], "prereqs docker and python"),
];
