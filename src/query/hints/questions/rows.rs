//! Kinds of questions, and how each is asked here.

/// A row of the table.
#[derive(Debug)]
pub(super) struct QuestionRow {
    /// The classes of its words: `a|b` one of them, `a?` may be there, `-a` must not. What is not told must not be
    /// there either.
    pub(super) asked: &'static str,
    /// What it names: `A:gu` a list of names in one of these roles, `L:gu` all names there are in these roles,
    /// `K` a kind, `H` hours a week, `W` weeks, `N` a number, `D` a date; `?` behind it says that it may be missing.
    pub(super) about: &'static str,
    /// How it is asked, best first; what stands in square brackets is left out where it is not named.
    pub(super) meant: &'static [&'static str],
    /// A question of this kind, which a test asks.
    #[cfg_attr(not(test), expect(dead_code, reason = "documents the row; only a test asks it"))]
    pub(super) example: &'static str,
}

const fn row(
    asked: &'static str,
    about: &'static str,
    meant: &'static [&'static str],
    example: &'static str,
) -> QuestionRow {
    QuestionRow { asked, about, meant, example }
}

/// All of them; the first that fits counts.
pub(super) fn questions() -> impl Iterator<Item = &'static QuestionRow> {
    ROWS.iter()
}

// A row a line.
#[rustfmt::skip]
const ROWS: &[QuestionRow] = &[
    // Who says so.
    row("dispute between? source?", "", &["disputes"], "where do the authors contradict each other"),
    row("source need? needed? used? prereq? why? must? learn? know? who?", "A:unk B:gb", &["why A in (prereqs B)"], "which book says that i need docker for mlops"),
    row("source need? why? who?", "A:ug B:n", &["why B in (prereqs A)"], "where does it say that gitops needs git"),
    row("source top", "K N?", &["K then sort by sources desc[ then limit N]"], "which tool is mentioned most"),
    row("source define? learn? who? need?", "L:ugknf", &["sources of L"], "which texts talk about terraform"),
    // What is most.
    row("top important? need? needed? used? learn? know? first? common? count? who?", "L:gubkn K N?", &["K of L then sort by sources desc[ then limit N]"], "most wanted tools for an sre"),
    row("top important? need? needed? used? learn? know? common? related?", "K N", &["K then sort by sources desc then limit N"], "the 7 most important tools"),
    row("top important? need? needed? used? learn? know? common?", "K", &["rank K by unlocks"], "which skill is needed most"),
    row("top|important need? needed? used? learn? common?", "K", &["rank K by unlocks"], "important tools"),
    row("unlock top learn?", "K", &["rank K by unlocks"], "which skill unlocks the most"),
    row("unlock top", "", &["rank nodes by unlocks"], "what unlocks the most"),
    row("related top?", "K", &["rank K by degree"], "which tool is connected best"),
    row("easy first? learn? plan? way? ways? can?", "K", &["rank K by prereqs then sort by prereqs"], "simplest skill to begin with"),
    row("or hard|easy learn?", "L:ugkn", &["compare L"], "which is harder, mlops or llmops"),
    row("hard learn? top?", "K", &["rank K by prereqs"], "which domain is most difficult"),
    row("hard|easy learn? need? -way", "A:ugn", &["prereqs A then count"], "is kubernetes difficult to learn"),
    // Time.
    row("long? schedule? progress? plan? way? ways? learn? first? count? can? know? need? progress? next? unlock? draw? format? -no", "A:gun B:kf? C:x? H D? W?", &["plan A[ knowing B][ avoid C] then schedule at H[ from D] default 1"], "i have 4 hours a week for terraform"),
    row("long? schedule? progress? plan? way? ways? learn? count? can? know? progress?", "A:k H D?", &["plan A then schedule at H[ from D] default 1"], "i have 6 hours a week, when am i done with kubernetes"),
    row("long? schedule? progress? plan? way? ways? learn? first? can? know? unlock? draw? format? -no", "A:gun B:kf? C:x? W D?", &["plan A[ knowing B][ avoid C] then schedule in W[ from D] default 1"], "study plan mlops 12 weeks"),
    row("schedule plan? learn? draw? format? long?", "A:gun B:kf? D?", &["plan A[ knowing B] then schedule at 5[ from D] default 1"], "a timetable to study gitops"),
    row("learn? can? know? next? first? long? unlock?", "W", &["ready knowing @me", "ready"], "what can i learn in one week"),
    row("long learn? plan? way? ways? count? need? needed? used? know? can? source?", "A:gunb B:kf? C:x?", &["plan A[ knowing B][ avoid C] then sum hours", "plan A[ knowing B]"], "how long from devops to mlops"),
    row("long learn? plan? way? ways? count? need? needed? used? know? can?", "A:uf B:g", &["plan B knowing A then sum hours"], "time from sysadmin to sre"),
    // People, and how far they are.
    row("who know learn?", "A:ug B:k", &["plan A knowing B"], "mlops for somebody who knows python"),
    row("team define? know? need? learn? left? progress? who? plan? needed? used? no? compare? can?", "L:ugknf K?", &["matrix L for @me", ".help matrix"], "what is my team missing for sre"),
    row("who know", "L:kgu", &["matrix L for @me", ".help matrix"], "who knows terraform"),
    row("who learn|need|needed know?", "L:ugkn", &["roles of L", "unlocks L"], "who should learn terraform"),
    row("progress|ready progress? know? need? learn? left? can? long? way? ways?", "A:gufnk", &["progress A"], "do i know enough for mlops"),
    row("progress|ready progress? know? left? long?", "A:gu B:k", &["progress A knowing B"], "progress in mlops with docker done"),
    row("ready learn? know? need?", "", &["ready knowing @me", "ready"], "what would i be ready for"),
    row("progress know? left? learn?", "", &["progress domains", ".know"], "show my progress"),
    row("know much", "A:gu", &["progress A"], "how much of kubernetes have i learned"),
    row("count left need? know?", "A:gun K?", &["plan A then count"], "how many skills am i missing for sre"),
    row("left need? learn? know? progress? needed? used? who? no?", "A:gunfxb K?", &["plan A knowing @me", "plan A"], "what is still missing for gitops"),
    row("left need? learn? know? needed? used? no?", "A:gunx B:kf", &["plan A knowing B"], "what is left for mlops with docker done"),
    row("left learn? know? need?", "K?", &["ready knowing @me", "ready"], "what is left"),
    // Beside one another.
    row("left|no know? need? needed? used? learn?", "A:ug B:ugkx K", &["K of A except K of B"], "skills of mlops engineer that a devops engineer lacks"),
    row("left|no outside? know? need? needed? used? learn?", "A:ugk B:ugkx", &["prereqs A except prereqs B"], "what does an sre know that a devops engineer doesn't"),
    row("no|skip outside? need? needed? used? know?", "A:ug B:x K", &["K of A except K of B"], "tools for devops not for gitops"),
    row("mark ask", "A:u B:g", &["prereqs A except prereqs B"], "what does llmops add to mlops"),
    row("new need? needed? used? know? compare? learn? next?", "A:gu B:gufkb", &["prereqs A except prereqs B"], "what's new in llmops for an mlops engineer"),
    row("no|skip", "A:x K", &["K except A"], "roles without sre"),
    row("bottleneck between? way? ways? plan? must?", "A:fug B:gu", &["bottlenecks A -> B"], "bottleneck between devops and llmops"),
    row("common way|ways", "A:fu B:g", &["bottlenecks A -> B"], "what do all paths from devops to llmops have in common"),
    row("alternative between", "A:ug B:ug", &["prereqs A intersect prereqs B"], "what is similar between sre and devops"),
    row("hard|easy whether", "A:u B:i", &["compare A, B"], "is mlops easier than devops"),
    row("common between? need? needed? used? know? compare? learn? who?", "A:ugkbn B:ugkbn K", &["K of A intersect K of B"], "tools both devops and mlops use"),
    row("common between? need? needed? used? know? compare? learn?", "A:ugkbn B:ugkbn", &["prereqs A intersect prereqs B"], "do mlops and aiops overlap"),
    row("alternative whether", "A:u B:gi", &["why A in (alternatives of B)"], "is podman a replacement for docker"),
    row("alternative can? need? learn? know? top? unlock? no?", "A:ugn B:i", &["why A in (alternatives of B)"], "could i take podman instead of docker"),
    row("alternative can? need? learn? know? top? unlock? no? who?", "L:uginkfx K?", &["alternatives of L", "near L"], "something else than jenkins"),
    row("compare between? or? learn? first? know? need? top? define? easy? hard? can? related? who? need?", "L:ugifkxn K?", &["compare L"], "sre compared to devops engineer"),
    row("or learn? first need? -ask", "A:un B:un", &["why A in (prereqs B)"], "should one learn docker or kubernetes first"),
    row("or learn? first? need? top? easy? can? who?", "L:ugkn", &["compare L"], "argo cd or flux, which one"),
    row("related between? compare? why? can?", "A:ugkfin B:ugkfin", &["path A -> B", "path B -> A"], "what connects git and gitops"),
    row("related top? define? learn?", "L:ugk K?", &["near L"], "things related to observability"),
    // Why, and whether.
    row("why plan? need? needed? used? learn? know? prereq? can? important? unlock?", "A:ungkx B:gb", &["why A in (prereqs B)"], "reason for learning linux before docker"),
    row("why plan? need? needed? used? learn? know?", "A:ug B:n", &["why B in (prereqs A)"], "why would mlops require docker"),
    row("why plan? need? needed? used? learn? know? important?", "L:ugkn", &["unlocks L"], "reasons to learn git"),
    row("skip need? -ask", "A:u B:g", &["why A in (must B)"], "can terraform be skipped for gitops"),
    row("skip learn? can? know? need? unlock? -ask", "A:ugbn B:x", &["why B in (must A)"], "could one go for kubernetes without linux"),
    row("whether know|need|needed|must need? know? needed? must? first?", "A:kngu B:gb", &["why A in (must B)"], "must i know python to be an mlops engineer"),
    row("needed|must learn? know? need? can?", "A:u B:gb", &["why A in (must B)"], "is python mandatory for devops"),
    row("prereq learn? need?", "A:u B:gb", &["why A in (prereqs B)"], "is ansible a prerequisite of terraform"),
    row("need learn? know? must? can? -ask", "A:ng B:gb", &["why A in (must B)"], "would i need linux for kubernetes"),
    row("need know? must?", "A:u B:n", &["why B in (prereqs A)"], "does kubernetes depend on linux"),
    row("learn? know? first? -ask", "A:ukng B:b", &["why A in (prereqs B)"], "must one study docker before kubernetes"),
    row("no|skip learn? need? know? unlock? ask", "A:x", &["unlocks A"], "what if i don't learn bash"),
    row("must top? need? needed? used? know? learn?", "L:ugnkb K?", &["must L[ intersect K]"], "mandatory skills for sre"),
    row("optional -ask", "A:u B:g", &["why A in (prereqs B)"], "is docker optional for llmops"),
    row("optional|skip optional? need? needed? used? learn? can? know?", "L:ugkn K?", &["prereqs L then where strength = 'recommended'"], "what is optional in gitops"),
    // Of a kind.
    row("count need? needed? used? know? learn? left?", "L:ugknb K", &["K of L then count"], "how many tools would an sre use"),
    row("count", "K", &["K then count"], "total number of domains"),
    row("count nodes draw?", "", &["nodes then count"], "how many nodes are in the graph"),
    row("count plan|learn|way|ways need?", "L:ugnk", &["plan L then count"], "count the steps to llmops"),
    row("count prereq|need|needed know?", "L:ugnkb", &["prereqs L then count"], "number of requirements of kubernetes"),
    row("prereq need? needed? used? learn? know?", "L:ugnb K", &["prereqs L intersect K"], "prerequisites of llmops that are tools"),
    row("need? needed? used? learn? know?", "L:b K", &["prereqs L intersect K"], "what tools do i need before mlops"),
    row("need? needed? used? learn? know? plan? can? first? who? progress?", "L:ugkn K", &["K of L"], "what jobs use kubernetes"),
    // What comes first and next.
    row("first -know new? learn? plan? need? way? ways? can? easy?", "L:ugkn", &["ready for L"], "first thing to learn for devops"),
    row("next|first|learn|plan|way|ways can? know? need? needed? used?", "A:k B:g", &["plan B knowing A"], "i finished docker, how do i get to mlops"),
    row("know|after|left|need need? needed? used? can?", "A:gn B:k", &["plan A knowing B"], "what do i need for gitops if i know docker"),
    row("next|learn|first|can|after|know can? know? need? way? ways? ask", "A:k", &["ready knowing A"], "what now after learning linux"),
    row("next plan? learn? way? ways?", "A:ku", &["ready knowing A"], "next steps after git"),
    row("next learn? plan? way? ways?", "L:g", &["ready for L knowing @me", "ready for L"], "next thing in mlops"),
    row("first|next learn? plan? easy? can? need? know?", "K?", &["ready knowing @me", "ready"], "beginner topics"),
    row("learn", "", &["ready knowing @me", "ready"], "what would you learn"),
    // What one knows.
    row("forget know? no?", "L:ukxgf", &[".forget L"], "i don't know git anymore"),
    row("mark -ask know? learn?", "L:ukg K?", &[".know L"], "please tick docker for me"),
    row("know -ask -no", "L:k", &[".know L"], "i've just learned git and docker"),
    row("know me ask", "", &[".know"], "which things have i learned"),
    // What something opens.
    row("used ask", "L:u", &["unlocks L"], "what is prometheus used for"),
    row("unlock can?", "A:u B:g", &["path A -> B"], "does docker lead to llmops"),
    row("unlock learn? can? know? need?", "L:ugkn", &["unlocks L"], "what becomes possible after kubernetes"),
    row("important learn? top? left?", "L:ugkn", &["unlocks L"], "how relevant is ansible"),
    // What one needs.
    row("prereq|need|needed draw? learn? know? plan? first? can? must?", "A:ugb B:k", &["plan A knowing B"], "requirements for mlops with docker known"),
    row("need me", "L:n", &["prereqs L"], "was brauche ich um sre zu werden"),
    row("need", "L:n", &["unlocks L"], "what could require git"),
    row("prereq|need|needed draw? learn? know? first? can? must?", "L:ugb K?", &["prereqs L"], "foundations of terraform"),
    row("learn? know? can? first? ask", "L:b", &["prereqs L"], "what would one study before ansible"),
    row("know learn? can? need?", "A:g", &["prereqs A"], "what should one know for gitops"),
    // Ways and plans.
    row("ways between? can? draw?", "A:fu B:gu", &["paths A -> B"], "all routes from docker to llmops"),
    row("way between? define? easy? draw?", "A:u B:u", &["path A -> B"], "path docker llmops"),
    row("way? ways? define? learn? draw? format? easy? plan? can? know?", "A:fu B:gu C:v", &["path A -> B via C"], "how can one go from linux to llmops via docker"),
    row("way? ways? define? learn? draw? format? easy? plan? can? skip? no?", "A:fu B:g C:x", &["path A -> B avoid C"], "from linux to llmops, but no docker"),
    row("plan way? ways? learn? draw? format? can? easy? know?", "A:fug B:g", &["plan A -> B"], "roadmap sysadmin -> sre"),
    row("easy way? ways? learn? draw? format? can?", "A:fu B:g", &["path A -> B shortest"], "devops to llmops shortest"),
    row("way? ways? define? learn? draw? format? can? first? know? need?", "A:fu B:g", &["path A -> B"], "starting from sysadmin how can i become an sre"),
    row("plan|learn|way|ways|skip|no can? easy? draw? format? need? know? learn? first? way? ways?", "A:gun B:k? C:x", &["plan A[ knowing B] avoid C"], "mlops plan w/o aws"),
    row("plan|learn|way|ways can? easy? draw? format? need? first? know? top?", "A:gu B:k?", &["plan A[ knowing B]"], "kubernetes learning path"),
    row("way? ways? plan?", "A:u B:g C:g", &["path A -> B -> C"], "devops -> gitops -> mlops"),
    row("", "A:g B:k", &["plan A knowing B"], "into mlops with python"),
    // A picture, one thing, all of a kind.
    row("draw format?", "L:ug", &["prereqs L"], "picture of gitops"),
    row("kinds know?", "", &["kinds"], "what kinds of things do you know"),
    row("define? learn? know? can? need?", "A:ugkf", &["show A"], "was ist gitops"),
    row("can?", "K", &["K"], "which jobs exist"),
];
