//! What people say of what they know, and ask of the program itself.

use super::{Phrasing, row};

pub(super) const ROWS: &[Phrasing] = &[
    // How far one is.
    row(
        "how far|close|near|much am|are|is i|we|it from|to|with|into|until|towards|toward|away? from? being|becoming|learning? a|an? A",
        &["progress A"],
        "how far am I from llmops",
    ),
    row(
        "how much|many|far of|in|into|steps? A do|have|did|am|are i|we already|still? know|learned|done|finished|covered|left|need?",
        &["progress A"],
        "how much of llmops do I know",
    ),
    row(
        "my|our|show|the|what's|what my|our|the|is? my? progress|status|standing to|towards|toward|for|on|in|with|at|of? a|an? A",
        &["progress A"],
        "my progress towards llmops",
    ),
    row("progress to|towards|toward|on|in|with a|an? A", &["progress A"], "progress towards sre"),
    row(
        "am|are i|we already? ready|prepared|qualified|fit for|to|as become|be|learn|start? a|an? A",
        &["progress A"],
        "am I ready for llmops",
    ),
    row(
        "what|what's is|are? still? missing|left|lacking|open to|for|in|of|until|before|learn|on learn|do|know? to|for? A if|when|given|with|knowing i|we? already? know|have? B",
        &["plan A knowing B"],
        "what is missing for llmops if I know docker",
    ),
    row(
        "what|what's|which T? am|are|is|do|does|have|should|must i|we? still|else|to|not|yet missing|lacking|need|lack|miss|left|learn|know|open yet? to|for|in|of|until|before? learn|know|become|be|do? for|to? a|an? A",
        &["plan A knowing @me", "plan A"],
        "what do I still need for sre",
    ),
    row(
        "what|what's|which am|are|is i|we? missing|lacking|left|open to|for|in|of|until|before learn|know|become|be|do? a|an? A",
        &["plan A knowing @me", "plan A"],
        "what am I missing for mlops",
    ),
    row(
        "my|our|the? team|skill|skills|knowledge|competence|learning? gap|gaps analysis|report|check? for|of|in|to|as|towards? a|an? A",
        &["plan A knowing @me", "plan A"],
        "skill gap mlops",
    ),
    // Who knows what.
    row(
        "who|which people|person? knows|know|has|have|can what|which|how|much|skills|about|it|do? for|in|of|about|on? A",
        &["matrix A for @me", ".help matrix"],
        "who knows what for mlops",
    ),
    row(
        "skill|skills|team|competence|people|knowledge matrix|heatmap|table|overview for|of|in|on? A",
        &["matrix A for @me", ".help matrix"],
        "skill matrix for mlops",
    ),
    // What one knows.
    row(
        "i|we now? already|also? know|learned|learnt|did|studied|finished|mastered|understand|have now? learned|finished|mastered|done? A",
        &[".know A"],
        "i know docker",
    ),
    row(
        "mark|tick|set|note|remember|check|add|put|save|record that? i? know? A as|off|to|in|into|that|on|under my|the? known|done|learned|finished|profile|skills|knowledge|list",
        &[".know A"],
        "mark docker as known",
    ),
    row("know|knows|learned|done|add|mark|tick A", &[".know A"], "know docker"),
    row(
        "forget|unlearn|unmark|untick|uncheck|remove|delete|drop about? A from|in|off? my|the? profile|known|skills|knowledge|list?",
        &[".forget A"],
        "remove docker from my profile",
    ),
    row(
        "what|which|show|list|display T? do|did|have? i|we already? know|learned|knows",
        &[".know"],
        "what do I know",
    ),
    row(
        "what|what's|show|list|display|open|print? is|are|me? my|our own? profile|knowledge|marks|skills|known",
        &[".know"],
        "show my profile",
    ),
    row("how far|close am|are i|we now|already?", &[".know"], "how far am I"),
    // What comes next.
    row(
        "what|which|and|where T? should|can|could|do|must|to|shall|would i|we|one? learn|study|do|start|begin|try|tackle|read this|next|today|tomorrow|now|with week|month|day|evening|today?",
        &["ready knowing @me", "ready"],
        "what should I learn this week",
    ),
    row(
        "my|the|what|what's? is|are? my|the? next|following|first|immediate step|steps|topic|topics|thing|things|move for|to|towards|toward|in|on? learn|become? a|an? A",
        &["ready for A knowing @me", "ready for A"],
        "next step for mlops",
    ),
    row(
        "my|the|what|what's? is|are? my|the? next|following|first|immediate step|steps|topic|topics|thing|things|move",
        &["ready knowing @me", "ready"],
        "next step",
    ),
    row(
        "what|which T? am|are i|we ready|prepared to|for learn|start|study|begin?",
        &["ready knowing @me", "ready"],
        "what am I ready for",
    ),
    // The program.
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
];
