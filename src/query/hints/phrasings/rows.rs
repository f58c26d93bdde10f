//! Queries that lack something, what people say of what they know, and what they ask of the program.

use super::{Phrasing, row};

pub(super) const ROWS: &[Phrasing] = &[
    row(
        "what|which|list|show|all|find? K with|having|that|of|named|by|where have|has|are|is|take|takes|need|needs? more|greater|over|bigger|larger|longer than N F",
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
        "Q schedule in|over|within N weeks|week?",
        &["Q then schedule in N default 1"],
        "plan gitops schedule in 14",
    ),
    row(
        "i|we don't|dont|can't|do|never not|even? know|understand|have A yet?",
        &["plan A"],
        "i don't know docker",
    ),
    row(
        "K not|never used|needed|required|learned|known|asked by|in|of|for any|a|an|some|all? A",
        &["K except K of A"],
        "tools not used by any role",
    ),
    row(
        "what|which|list|show|all? K with|having|that|which have|has|a|an|the|any|known? F",
        &["K then where F is not null"],
        "roles with salary",
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
        "show|list|give|get|print|see|me? me|us? everything|all|nodes there? is?",
        &["nodes"],
        "show everything",
    ),
    row(
        "how|can|please? to|do|can|i? i|we|you? export|save|download|print it|this|that|the|a|an|my|all? answer|plan|result|picture|file? to|as|into? a|an? pdf|png|svg|csv|file|html|markdown|excel|json?",
        &[".help export"],
        "export to pdf",
    ),
    row("me|myself", &[".know"], "myself"),
    row(
        "forget|unlearn|unmark|untick|uncheck|remove|delete|drop about? A from|in|off? my|the? profile|known|skills|knowledge|list?",
        &[".forget A"],
        "remove docker from my profile",
    ),
    row(
        "what|what's|show|list|display|open|print? is|are|me? my|our own? profile|knowledge|marks|skills|known",
        &[".know"],
        "show my profile",
    ),
    row(
        "what|which|and|where T? should|can|could|do|must|to|shall|would i|we|one? learn|study|do|start|begin|try|tackle|read this|next|today|tomorrow|now|with week|month|day|evening|today?",
        &["ready knowing @me", "ready"],
        "what should I learn this week",
    ),
    row(
        "hello|hi|help|hey|man|usage|commands|manual|thanks|start|begin|tutorial|bye there|me|please|you|out?",
        &[".help"],
        "hello",
    ),
    row(
        "what|how|which can|does|do|could|is|are i|you|this|it|that|opsatlas|here|one|commands|questions do|ask|answer|know|work|use|used|type|this|here|about|there|for? here|this|you?",
        &[".help"],
        "what can you do",
    ),
    row(
        "show|list|what|which|print|give me|are|is? the|all|available? commands|verbs|options|syntax|help|manual|keywords|queries are? there?",
        &[".help"],
        "show commands",
    ),
    row(
        "show|list|describe|print|dump|what|what's is|me? the|in? the? schema|graph|model|structure|statistics|stats|metadata|database",
        &["kinds"],
        "show graph",
    ),
    row(
        "what|which|list|show|all|find? K that|which|whose? name|names? starting|beginning|starts|start|begins|begin with the? letter|letters? T",
        &["K then where name starts with \"T\""],
        "tools starting with k",
    ),
    row(
        "what|which|list|show|all? K that|which? with|having|have|has no F",
        &["K then where F is null"],
        "which roles have no salary",
    ),
    row(
        "what|which|list|show|all|find? K that|which|whose|are? name|names? named|called|containing|like|matching|contains|contain|with|has|have name? T",
        &["K then where name contains \"T\""],
        "tools called kube",
    ),
    row(
        "select T from Q where F like X",
        &["Q then where F contains \"X\""],
        "select name from roles where name like '%Engineer%'",
    ),
    row("match ( K ) return T limit N", &["K then limit N"], "match (t:tool) return t limit 10"),
    row("match ( K ) return count ( T )", &["K then count"], "match (t:tool) return count(t)"),
    row("match ( K ) return T", &["K"], "match (t:tool) return t"),
    row(
        "now|just|only? as|to|in|into a|an|my? pdf|png|svg|csv|html|markdown|ics|json|excel|file|picture file?",
        &[".help export"],
        "as pdf",
    ),
    row(
        "select count T? from Q where Y",
        &["Q then where Y then count"],
        "select count(*) from tools where sources > 1",
    ),
    row(
        "Q then? where|filter|having|with T then? order|sort|sorted|ordered by Y",
        &["Q then where T then sort by Y"],
        "tools where sources > 2 order by name",
    ),
    row(
        "show|list|get|find? me? all|the? nodes|things|entries of|with|where kind|type|label =|:? K",
        &["K"],
        "all nodes of kind role",
    ),
    row(
        "what|where|which|are|is|do|find|show|any? are|is|do? there? i|we|have|any? circles|cycles|loops|errors|mistakes|problems|holes are|is|there|in|of? there|my|our|this|the? course|graph|data|sheet|file?",
        &["check"],
        "are there circles in my course",
    ),
    row("K per F", &["K then group by F"], "tools per layer"),
    row("Q then? where|filter|having|with T", &["Q then where T"], "tools where sources > 2"),
    row("Q then? top|first N", &["Q then limit N"], "tools first 5"),
    row("undo that|this|it|last?", &[".undo"], "undo that"),
    row("K not in|of|for A", &["K except K of A"], "tools not in mlops"),
    row(
        "K without|lacking|missing a|an|any? F",
        &["K then where F is null"],
        "roles without salary",
    ),
    row(
        "apt|apt-cache|npm|pip|brew? search|grep|lookup|google|query|look for|up? T",
        &["find \"T\""],
        "search docker",
    ),
    row("does? A L B", &["why B in (prereqs A over L)", "near A"], "mlops builds-on devops"),
    row("A B", &["A, B"], "docker kubernetes"),
];
