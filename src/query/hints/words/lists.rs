//! The words of questions, as tables.

/// What a name is to a question, as the words in front of it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Plain,
    /// What one wants, or asks about: `for`, `to`, `become`.
    Goal,
    /// Whom or what it is for: a goal, or who has it.
    For,
    /// Where one stands: `from`, `i am a`.
    From,
    Known,
    Avoided,
    Instead,
    Before,
    Via,
    /// What something needs: `needs`, `depends on`.
    Needed,
}

impl Role {
    /// The letter that rows know it by.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Plain => 'u',
            Self::Goal => 'g',
            Self::For => 'o',
            Self::From => 'f',
            Self::Known => 'k',
            Self::Avoided => 'x',
            Self::Instead => 'i',
            Self::Before => 'b',
            Self::Via => 'v',
            Self::Needed => 'n',
        }
    }

    /// Does a row take it there?
    pub(crate) fn is_one_of(self, letters: &str) -> bool {
        letters.contains(self.letter()) || self == Self::For && letters.contains('g')
    }
}

/// Words in front that ask for nothing.
pub(crate) const BEFORE: [&str; 9] =
    ["please", "ok", "okay", "so", "well", "and", "but", "just", "hey"];
/// Words at the end that ask for nothing more.
pub(crate) const BEHIND: [&str; 12] = [
    "please", "thanks", "fast", "quickly", "asap", "properly", "exactly", "really", "anyway",
    "best", "myself", "then",
];

/// Words in front that go on from the question before.
pub(crate) const LEADS: [&str; 17] = [
    "suppose",
    "assuming",
    "and",
    "or",
    "but",
    "ok",
    "okay",
    "also",
    "now",
    "only",
    "just",
    "then",
    "what about",
    "how about",
    "what if",
    "same for",
    "the same for",
];
/// Words in front that begin no sentence: before amounts, and before names.
pub(crate) const HALVES: [&str; 14] = [
    "as", "at", "by", "for", "from", "group", "grouped", "in", "limit", "order", "ordered", "sort",
    "sorted", "starting",
];
pub(crate) const ADDING: [&str; 3] = ["via", "with", "without"];
/// Words that point back, in what names nothing itself.
pub(crate) const POINTING: [&str; 7] = ["it", "that", "those", "these", "them", "they", "ones"];

/// Classes of which every row may speak.
pub(crate) const ALWAYS: [&str; 7] = ["ask", "become", "me", "can", "learn", "much", "whether"];

/// Classes that are another one as well.
pub(crate) const ALSO: [(&str, &str); 2] = [("become", "learn"), ("novice", "first")];

/// Classes of which one may be passed over where a question fits no row.
pub(crate) const MODIFIERS: &str = "easy hard top important know need needed used unlock prereq first plan way who define draw format";

/// Words behind a name that say that it is known.
pub(crate) const STATES: [&str; 6] = ["known", "done", "down", "finished", "mastered", "learned"];
/// Words behind a name that say from what it was learned.
pub(crate) const COURSEWARE: [&str; 10] = [
    "basics", "book", "chapter", "class", "course", "lesson", "training", "tutorial", "unit",
    "workshop",
];

/// Words between a name and one that says that it is known.
pub(crate) const HAVING: [&str; 14] = [
    "already", "all", "as", "are", "both", "have", "i", "i've", "is", "they", "was", "we", "we've",
    "were",
];
/// Words behind a name that say so at the end of what is said: `kubernetes i have`.
pub(crate) const HELD: [&str; 5] = ["did", "do", "got", "have", "know"];

/// Words behind a name for those who know it: `gitops for docker users`.
pub(crate) const HOLDERS: [&str; 7] =
    ["crowd", "expert", "experts", "people", "person", "user", "users"];

/// Words for what was named.
pub(crate) const PRONOUNS: [&str; 4] = ["it", "that", "them", "this"];

/// Verbs with a name before the rest of them, and what they say together: `leave docker aside`.
pub(crate) const SPLIT: [(&str, &str, &str); 10] = [
    ("leave", "out aside away off", "skip"),
    ("leaving", "out aside away off", "skip"),
    ("take", "away out off", "skip"),
    ("taking", "away out off", "skip"),
    ("put", "aside away", "skip"),
    ("set", "aside", "skip"),
    ("leaves", "out aside", "skip"),
    ("rule", "out", "skip"),
    ("cross", "off out", "mark"),
    ("put", "on", "mark"),
];

/// Words that end with a full stop without an end of the sentence.
pub(crate) const ABBREVIATED: [&str; 8] = ["approx", "e.g", "eg", "etc", "i.e", "incl", "no", "vs"];

/// Classes that turn round what is asked.
pub(crate) const TURNING: [&str; 2] = ["cheap", "least"];

/// Classes of which each says by itself what is asked.
pub(crate) const TELLING: &str =
    "alternative common compare long optional plan prereq progress schedule unlock way ways";

/// Words of which a strange one behind them is what is asked for: `how to install`, `why so slow`.
pub(crate) const LED_BY: [[&str; 2]; 11] = [
    ["", "is"],
    ["", "are"],
    ["", "does"],
    ["how", "to"],
    ["do", "i"],
    ["can", "i"],
    ["can", "you"],
    ["could", "you"],
    ["", "so"],
    ["", "too"],
    ["", "please"],
];

/// Words behind which something is named.
pub(crate) const ARTICLES: [&str; 8] = ["a", "an", "the", "my", "our", "any", "some", "another"];

/// Classes of words behind which stands what is asked for.
pub(crate) const HEADED: [&str; 7] =
    ["ask", "count", "easy", "hard", "important", "longest", "top"];

/// Classes with their words.
pub(crate) const CLASSES: &[(&str, &str)] = &[
    (
        "ask",
        "everything what what's whats which how how's where was wie wo welche welcher welches wann wieviel wat waht whta hwo wich whcih hw wht wha whay",
    ),
    ("after", "after nach danach afterwards following"),
    (
        "alternative",
        "alt alts drop-in compete competes competing exchange lookalike identical cousin cousins sibling siblings twin twins alternative alternatives instead replace replaces replacing replacement replacements substitute substitutes competitor competitors rival rivals similar comparable equivalent like else other besides ersatz alternativen statt swap equivalents counterpart counterparts analog analogue lighter",
    ),
    ("between", "between zwischen btw btwn"),
    ("career", "career-wise career careers karriere"),
    ("direct", "direct directly immediate immediately"),
    ("edges", "edge edges"),
    ("valid", "validate verify lint integrity consistency"),
    ("least", "least fewest rarest"),
    ("cheap", "cheapest cheaply"),
    ("longest", "heaviest largest longest lengthiest slowest"),
    ("pay", "salary salaries earn earns wage wages pay paid income gehalt verdient"),
    ("outside", "outside"),
    (
        "become",
        "become becoming becomes reach werde werden move moving moved switch switching transition transitioning",
    ),
    ("bottleneck", "bottleneck bottlenecks chokepoint chokepoints"),
    ("can", "can could able may allowed kann darf"),
    (
        "common",
        "equal equally common same share shared sharing shares overlap overlaps overlapping both joint gemeinsam intersection similarities",
    ),
    (
        "compare",
        "superior inferior outperform outperforms weigh versus compare compares compared comparing comparison vs vs. versus difference differences diff different differ differs distinguish better worse unterschied unterschiede unterscheidet vergleich vergleiche contrast against distinguishes distinguish separates separate besser schlechter differentiate pros cons distinction distinctions comparisons v differing differently opposed apart difrence",
    ),
    ("count", "many number count amount total viele anzahl quantity"),
    (
        "define",
        "breakdown recap unpack check mean means meaning definition define explain explained explanation describe description eli5 info infos information detail details facts overview summary bedeutet bedeutung heißt heisst erklär erkläre erklärung gist tl;dr tldr descriptions rundown lowdown intro introduction introductory primer acronym abbreviation summarize summarise full-form responsibilities responsibility duties duty",
    ),
    (
        "dispute",
        "quarrel argue argues clash clashes diverge inconsistent inconsistencies inconsistency disagree disagreement disagreements dispute disputes disputed contradict contradicts contradicting contradiction contradictions conflict conflicts conflicting controversial widerspruch agree agrees unanimous controversy debated debate differing contradictory",
    ),
    ("draw", "draw picture diagram visualize visualise visual image plot chart zeichne bild graph"),
    (
        "easy",
        "lighter gentlest smoothest easiest simplest shortest quickest fastest smallest easy simple quick fast short schnellste kürzeste leichteste einfachste minimal low-effort lightest",
    ),
    (
        "first",
        "initial kickoff first start starting started starts begin beginning begins anfangen anfang beginnen zuerst entry",
    ),
    (
        "forget",
        "erase strike scratch forget undo unlearn remove delete anymore forgot forgotten untick unmark",
    ),
    (
        "format",
        "pdf png svg csv markdown export file download html calendar ics excel save tree sheet spreadsheet docx",
    ),
    (
        "hard",
        "biggest smaller steep challenging big heavy heavier demanding large deep bigger larger harder easier longer heavier hardest hard difficult difficulty toughest tough complex complicated schwer schwerste schwierig",
    ),
    ("new", "unique exclusive new additional extra added adds addition"),
    ("kinds", "kinds schema types"),
    (
        "novice",
        "beginner beginners newbie newbies newcomer newcomers novice novices noob rookie anfänger",
    ),
    ("nodes", "node nodes entries"),
    (
        "important",
        "crucial critical pivotal paramount integral vital imp impt significant worth important importance useful relevant relevance wichtig sinnvoll valuable value worthwhile",
    ),
    (
        "know",
        "fluent versed skilled acquainted know knows known knowing knew learned learnt finished done mastered completed completion completing studied understood kenne kennt covered familiar experience experienced background expertise",
    ),
    (
        "learn",
        "adopt adopting adoption educate instruct learn taught learning learns lern lerne lernen study studying be master mastering get getting go going komme komm gehe come change changing grow understand teach into pick goal finish acquire improve upskill training train upskilling reskill reskilling gain mastery",
    ),
    (
        "left",
        "missing left lacking lack lacks remaining remain remains still gap gaps fehlt fehlen noch yet outstanding",
    ),
    (
        "long",
        "long time hours hour weeks week months month days duration effort workload dauert dauer lange aufwand zeit stunden wochen estimate estimated pace investment",
    ),
    ("mark", "mark tick add note remember record"),
    (
        "me",
        "i im ive i'm i've i'd i'll we we've we're you one my our me us myself ich wir man mein mich",
    ),
    ("much", "much"),
    (
        "must",
        "mandatory essential must-have must-haves haves obligatory compulsory unavoidable indispensable pflicht zwingend absolutely strictly definitely inevitably non-negotiable minimum bare unskippable must-know must-knows",
    ),
    (
        "need",
        "gehören gehört demand demands expect expects necesito necesita presume presumes need needs needing require requires requiring depend depends depending rely relies build builds rest rests use uses using brauche brauchen braucht benötige benötigt presuppose presupposes involve involves contain contains include includes suit suits fits match matches cover covers entail entails presupposing comprise comprises based belong belongs belonging",
    ),
    ("needed", "needed demanded required necessary notwendig nötig require- benötigte"),
    (
        "next",
        "reachable onward onwards subsequent proceed next following continue weiter nächste nächstes nächster nächsten follow",
    ),
    (
        "no",
        "minus except excluding not never don't dont doesn't doesnt isn't isnt aren't won't can't cant cannot didn't haven't hasn't needn't nicht kein keine",
    ),
    (
        "optional",
        "dispensable redundant superfluous optional recommended nice-to-have leave optionally freiwillig weglassen",
    ),
    ("or", "or oder / either"),
    (
        "plan",
        "plan plans roadmap roadmaps curriculum course courses syllabus steps program programme order sequence track guide lehrplan lernplan map outline journey pathway pathways trajectory milestones checklist check-list printout",
    ),
    (
        "prereq",
        "requisite requisites preqs cornerstone backbone underpinnings ingredient ingredients precursor precursors predecessor predecessors component components constituents part included prerequisite prerequisites prereq prereqs pre-requisite pre-requisites pre-reqs requirement requirements precondition preconditions dependency dependencies deps foundation foundations basics fundamentals voraussetzung voraussetzungen vorwissen groundwork subset prior-knowledge",
    ),
    (
        "progress",
        "stand stands coverage far progress enough status fit standing percentage percent closer fortschritt",
    ),
    ("ready", "ready prepared qualified bereit readiness"),
    (
        "related",
        "adjacent surrounding vicinity relate relates related relation relations relationship connect connects connected connection link linked links near nearby neighbours neighbors close together verwandt zusammenhang tied neighbourhood neighborhood closest nearest",
    ),
    (
        "schedule",
        "schedule timetable weekly gantt zeitplan timeline calendar wochenplan ics ical icalendar spread split divide distribute agenda pace",
    ),
    (
        "skip",
        "scrap bypass bypassing circumvent sidestep forgo forego dodge eliminate neglect discard ditch ditching ignoring dropping omitting skipped omitted avoided dropped skip skipping omit avoid avoiding drop ignore leaving without w/o ohne auslassen unnecessary",
    ),
    (
        "source",
        "backs source sources says say said written wrote saying claim claims claimed cite cites cited citation citations reference references mention mentions mentioned appear appears evidence text texts textbook textbooks book books docs documentation quelle quellen proof article articles authors statement statements talk talks tutorial tutorials material materials resource resources read literature paper papers documents document state states stated recommends endorses advocates",
    ),
    ("team", "team person colleagues colleague everyone staff employees group kollegen matrix"),
    (
        "top",
        "most top rank ranking ranked best popular key main central favourite favorite core commonly wichtigste wichtigsten beliebteste beste besten highest-ranked",
    ),
    (
        "unlock",
        "upshot payoff upside merit merits advantage advantages gateway leverage opportunity opportunities stepping-stone above rdeps unlock unlocks unlocked enable enables enabled open opens possible lead leads leading allow allows benefit benefits purpose ermöglicht unlocking profit gives impact effect effects consequence consequences dependents dependants",
    ),
    ("ways", "roads allpaths paths ways routes"),
    ("used", "used useful verwendet"),
    ("way", "road path way route road weg pfad"),
    ("who", "who whom whose wer"),
    (
        "why",
        "why justify justification rationale motivation reason reasons warum wieso weshalb wozu wofür",
    ),
];

/// Words that are no misspelt ones of ours.
pub(crate) const FOREIGN: &str = "broke clone malfunction chair danger daughter hotel journal medal orchestra valley math maths dying dead form hire invented mount movie older pending pilot stock token write";

/// Words that say nothing.
pub(crate) const FILLERS: &str = include_str!("fillers.txt");

/// Words in front of a name, with the role that they give it and how strongly they do.
pub(crate) const MARKERS: &[(Role, u8, &str)] = &[
    (
        Role::Avoided,
        6,
        "without w/o skip skipping bypass bypassing circumvent sidestep forgo dodge ditch ditching ignoring dropping omitting omit avoid avoiding drop ignore leaving ohne excluding except minus not no don't dont doesn't isn't never won't can't didn't forget",
    ),
    (Role::Instead, 6, "instead rather than replace replaces replacing besides statt"),
    (
        Role::Before,
        5,
        "precede precedes preceding antes avant before prior bevor vor until below beneath underneath",
    ),
    (
        Role::Known,
        5,
        "after nach given fluent versed skilled proficient since experience experienced background expertise",
    ),
    (Role::From, 5, "from von vom"),
    (Role::Via, 5, "via through"),
    (
        Role::Goal,
        4,
        "of in into be become becoming becomes towards toward als werden werde zum zur im -> → => being about bout 'bout abt",
    ),
    (Role::For, 4, "for für para pour"),
    (Role::From, 3, "train retrain turn promote"),
    (Role::From, 1, "as am i'm was currently bin"),
    (
        Role::Known,
        2,
        "know knows known knowing knew learned learnt finished done mastered completed completion completing studied understood with w/ had having already mit kenne kennt covered familiar",
    ),
    (
        Role::Needed,
        2,
        "expect expects need needs needing require requires requiring depend depends rely relies build builds rest rests use uses using brauche brauchen braucht benötige benötigt presuppose presupposes involve involves contain contains include includes based",
    ),
    (Role::Goal, 3, "to zu"),
    (Role::Goal, 1, "on upon auf reach"),
];

/// Words that lead to what something is for.
pub(crate) const LEADING: [&str; 7] = ["for", "in", "when", "to", "on", "of", "from"];

/// Words in front that ask whether something is so.
pub(crate) const WHETHER: [&str; 13] = [
    "am", "do", "does", "is", "are", "must", "should", "shall", "has", "muss", "soll", "sollte",
    "brauche",
];

/// Verbs of the language with which people begin questions of their own.
pub(crate) const EVERYDAY: [&str; 6] = ["show", "why", "must", "compare", "near", "path"];

/// Verbs that begin a clause behind what is asked for, `what background do students need`, unless one of
/// [`BEFORE_VERBS`] stands in front of them.
pub(crate) const AUXILIARIES: [&str; 4] = ["do", "does", "did", "should"];
pub(crate) const BEFORE_VERBS: &str =
    "to i we you they he she already can could will would must not";

/// Where what stands in front of a name ends.
pub(crate) const BOUNDARIES: &str = "that which who what how why if when where , ; but then so";
