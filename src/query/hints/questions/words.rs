//! The words of questions, as tables.

/// What a name is to a question, as the words in front of it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    /// What one wants, or asks about: `for`, `to`, `become`.
    Goal,
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
    pub(super) fn letter(self) -> char {
        match self {
            Self::Plain => 'u',
            Self::Goal => 'g',
            Self::From => 'f',
            Self::Known => 'k',
            Self::Avoided => 'x',
            Self::Instead => 'i',
            Self::Before => 'b',
            Self::Via => 'v',
            Self::Needed => 'n',
        }
    }
}

/// Classes of which every row may speak.
pub(super) const ALWAYS: [&str; 6] = ["ask", "me", "can", "learn", "much", "whether"];

/// Classes with their words.
pub(super) const CLASSES: &[(&str, &str)] = &[
    (
        "ask",
        "what what's whats which how how's where was wie wo welche welcher welches wann wieviel wat waht whta hwo wich whcih hw",
    ),
    ("after", "after nach danach afterwards"),
    (
        "alternative",
        "alternative alternatives instead replace replaces replacing replacement replacements substitute substitutes competitor competitors rival rivals similar comparable equivalent like else other besides ersatz alternativen statt",
    ),
    ("between", "between zwischen"),
    ("outside", "outside"),
    ("bottleneck", "bottleneck bottlenecks chokepoint chokepoints"),
    ("can", "can could able may allowed kann darf"),
    (
        "common",
        "common same share shared sharing shares overlap overlaps overlapping both joint gemeinsam intersection similarities",
    ),
    (
        "compare",
        "compare compares compared comparing comparison vs vs. versus difference differences diff different differ differs distinguish better worse unterschied unterschiede unterscheidet vergleich vergleiche contrast against distinguishes distinguish separates separate besser schlechter differentiate pros cons",
    ),
    ("count", "many number count amount total viele anzahl quantity"),
    (
        "define",
        "mean means meaning definition define explain explained explanation describe description eli5 info infos information detail details facts overview summary bedeutet bedeutung heißt heisst erklär erkläre erklärung",
    ),
    (
        "dispute",
        "disagree disagreement disagreements dispute disputes disputed contradict contradicts contradicting contradiction contradictions conflict conflicts conflicting controversial widerspruch agree agrees unanimous",
    ),
    ("draw", "draw picture diagram visualize visualise visual image plot chart zeichne bild graph"),
    (
        "easy",
        "easiest simplest shortest quickest fastest smallest cheapest easy simple quick fast short schnellste kürzeste leichteste einfachste",
    ),
    (
        "first",
        "first start starting started starts begin beginning begins beginner beginners anfangen anfang anfänger beginnen zuerst entry",
    ),
    ("forget", "forget undo unlearn remove delete anymore forgot forgotten untick unmark"),
    (
        "format",
        "pdf png svg csv markdown export file download html calendar ics excel save tree sheet spreadsheet pdf",
    ),
    (
        "hard",
        "big large deep bigger larger harder easier longer heavier hardest longest biggest hard difficult difficulty toughest tough complex complicated schwer schwerste schwierig",
    ),
    ("new", "new additional extra added adds addition"),
    ("kinds", "kinds schema types"),
    ("nodes", "nodes entries database"),
    ("important", "worth important importance useful relevant relevance wichtig sinnvoll"),
    (
        "know",
        "know knows known knowing knew learned learnt finished done mastered completed studied understood kenne kennt covered familiar experience experienced background expertise",
    ),
    (
        "learn",
        "learn learning learns lern lerne lernen study studying become becoming becomes be werde werden master mastering get getting reach go going komme komm gehe come move moving switch switching change changing transition grow understand teach into pick goal career finish acquire improve upskill training train",
    ),
    (
        "left",
        "missing left lacking lack lacks remaining remain remains still gap gaps fehlt fehlen noch yet",
    ),
    (
        "long",
        "long time hours hour weeks week months month days duration effort workload dauert dauer lange aufwand zeit stunden wochen estimate estimated",
    ),
    ("mark", "mark tick add note remember record check"),
    (
        "me",
        "i im ive i'm i've i'd i'll we we've we're you one my our me us myself ich wir man mein mich",
    ),
    ("much", "much"),
    (
        "must",
        "mandatory essential must-have must-haves haves obligatory compulsory unavoidable indispensable pflicht zwingend absolutely strictly definitely inevitably non-negotiable",
    ),
    (
        "need",
        "need needs needing require requires requiring depend depends depending dependent rely relies build builds rest rests use uses using brauche brauchen braucht benötige benötigt presuppose presupposes involve involves contain contains include includes suit suits fits match matches",
    ),
    ("needed", "needed required necessary notwendig nötig require- benötigte"),
    ("next", "next following continue weiter nächste nächstes nächster nächsten"),
    (
        "no",
        "minus except excluding not never don't dont doesn't doesnt isn't isnt aren't won't can't cant cannot didn't haven't hasn't needn't nicht kein keine",
    ),
    ("optional", "optional recommended nice-to-have leave optionally freiwillig weglassen"),
    ("or", "or oder / either"),
    (
        "plan",
        "plan plans roadmap roadmaps curriculum course courses syllabus steps program programme order sequence track guide lehrplan lernplan map outline",
    ),
    (
        "prereq",
        "part included prerequisite prerequisites prereq prereqs pre-requisite pre-requisites pre-reqs requirement requirements precondition preconditions dependency dependencies deps foundation foundations basics fundamentals voraussetzung voraussetzungen vorwissen groundwork",
    ),
    ("progress", "far progress enough status fit standing percentage percent closer fortschritt"),
    ("ready", "ready prepared qualified bereit"),
    (
        "related",
        "relate relates related relation relations relationship connect connects connected connection link linked links near nearby neighbours neighbors close together verwandt zusammenhang tied",
    ),
    ("schedule", "schedule timetable weekly gantt zeitplan timeline calendar wochenplan"),
    (
        "skip",
        "skipped omitted avoided dropped skip skipping omit avoid avoiding drop ignore leaving without w/o ohne auslassen",
    ),
    (
        "source",
        "source sources says say said written wrote saying claim claims claimed cite cites cited citation citations reference references mention mentions mentioned appear appears evidence text texts book books docs documentation quelle quellen proof article articles authors author statement statements talk talks",
    ),
    ("team", "team person colleagues colleague everyone staff employees group kollegen matrix"),
    (
        "top",
        "most top best popular key main central favourite favorite core commonly wichtigste wichtigsten beliebteste beste besten",
    ),
    (
        "unlock",
        "unlock unlocks unlocked enable enables enabled open opens possible lead leads leading allow allows benefit benefits good purpose ermöglicht",
    ),
    ("ways", "allpaths paths ways routes"),
    ("used", "used useful verwendet"),
    ("way", "path way route road journey weg pfad"),
    ("who", "who whom whose wer"),
    ("why", "why reason reasons warum wieso weshalb wozu wofür"),
];

/// Words that say nothing.
pub(super) const FILLERS: &str = "supposed ! & ( ) + , - -- : ; ? a across actually advice advise again aim aiming all alle alles along also among an \
    analysis and another answer answers any anybody anyone anything anyway anyways approximately are area around \
    asap assuming at auch aus available basically because been bei belong belongs bist bit bitte boss bother but \
    by came care case cases certain chapter chapters choice choices choose choosing comes complete \
    completely concerning considering consist contain contains correct create curious current da dafür damit danke \
    dann darüber das davon dazu decide dem den der des did die dir display do does doing dort down du during each \
    eigentlich ein eine einen else's entire erst es etwas euch eventually ever every everybody everything exactly \
    exist existing exists feel feeling few final finally find form full fully generally gern gerne gib gibt give \
    gives got gotten graphs great guess gut hab habe haben had hallo hand hands happen happens has hast hat have \
    he he's hello help here hey hi hier honestly hope hoping if ihm ihr include includes including inside intend \
    interested invest involved involves is ist it it'd it'll it's item items its jetzt job's just knowledge kommen \
    kommt können könnte könnten last later learner lesson lessons let let's lets level levels life likely list \
    liste listed lists little look looking lot machen make makes mal manager matter matters maybe mehr might mine \
    mir modern more much muss must möchte müssen müsste nichts nobody none normally nothing now \
    nowadays nur off ok okay once only option options out over own per people folks perhaps phase phases place places planning \
    please pls plz point points possibly prefer print probably problem problems proper properly propose put \
    question questions quickly quite real really recommend regarding right roughly schon school schritt schritte \
    section see sehr self semester serious set several shall she she's should show shows sich sie simply sind \
    single skillset so solid soll sollte sollten some somebody somehow someone someone's something soon special \
    specific spend spending stage stages step strong student students stuff subject subjects such suggest \
    suggestion suggestions suppose sure take taken takes taking tell term thank thanks that that'd that's the them \
    then theory there there's these they they'd they're thing things think this those today told too topic topics \
    try trying tun typically um und under university uns up usually various very viel wanna want wanted wants \
    waren we'd well wenn were when while who'd who's whole will wird wirklich within wonder wondering work working \
    works world would would'd wurde würde würden you'd you're yours zeig zeige überhaupt";

/// Words in front of a name, with the role that they give it and how strongly they do.
pub(super) const MARKERS: &[(Role, u8, &str)] = &[
    (
        Role::Avoided,
        6,
        "without w/o skip skipping omit avoid avoiding drop ignore leaving ohne excluding except minus not no don't dont doesn't isn't never won't can't didn't forget",
    ),
    (Role::Instead, 6, "instead rather than replace replaces replacing besides statt"),
    (Role::Before, 5, "before prior bevor vor until"),
    (Role::Known, 5, "after nach given since experience experienced background expertise"),
    (Role::From, 5, "from von vom"),
    (Role::Via, 5, "via through"),
    (
        Role::Goal,
        4,
        "for of in into be become becoming becomes towards toward als für werden zum zur im -> → => being about",
    ),
    (Role::From, 1, "as am i'm was currently bin"),
    (
        Role::Known,
        2,
        "know knows known knowing knew learned learnt finished done mastered completed studied understood with having already mit kenne kennt covered familiar",
    ),
    (
        Role::Needed,
        2,
        "need needs needing require requires requiring depend depends rely relies build builds rest rests use uses using brauche brauchen braucht benötige benötigt presuppose presupposes involve involves contain contains include includes",
    ),
    (Role::Goal, 3, "to zu"),
    (Role::Goal, 1, "on upon auf reach"),
];

/// Words that lead to what something is for.
pub(super) const LEADING: [&str; 5] = ["for", "in", "when", "to", "on"];

/// Words in front that ask whether something is so.
pub(super) const WHETHER: [&str; 13] = [
    "am", "do", "does", "is", "are", "must", "should", "shall", "has", "muss", "soll", "sollte",
    "brauche",
];

/// Verbs of the language with which people begin questions of their own.
pub(super) const EVERYDAY: [&str; 6] = ["show", "why", "must", "compare", "near", "path"];

/// Where what stands in front of a name ends.
pub(super) const BOUNDARIES: &str = "that which who what how why if when where , but then so";

/// What people call kinds that have another name; only where the graph has that kind.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("roles", "job jobs position positions profession professions rolle rollen"),
    (
        "tools",
        "technology technologies software product products platform platforms werkzeug werkzeuge programs framework frameworks",
    ),
    (
        "skills",
        "competence competences competencies competency ability abilities fähigkeit fähigkeiten",
    ),
    ("domains", "discipline disciplines bereich bereiche"),
    ("concepts", "idea ideas practice practices konzept konzepte"),
];

/// Words that say together what one word says as well.
pub(super) const IDIOMS: &[(&str, &str)] = &[
    ("like to", "want"),
    ("the point of", "unlocks"),
    ("the job of", "explain"),
    ("close am", "progress"),
    ("i understand", "i know"),
    ("i did", "i know"),
    ("already did", "know"),
    ("so far", ""),
    ("the use of", "unlocks"),
    ("who is", "explain"),
    ("who are", "explain"),
    ("how similar", "compare"),
    ("where am i", "progress"),
    ("i'm good at", "i know"),
    ("no longer know", "forget"),
    ("each other", ""),
    ("name some", ""),
    ("like i'm five", ""),
    ("like i'm 5", ""),
    ("wie weit", "progress"),
    ("nice to have", "optional"),
    ("good to know", "optional"),
    ("good to have", "optional"),
    ("entry point", "begin"),
    ("starting point", "begin"),
    ("same as", "vs"),
    ("used to", ""),
    ("what kinds", "schema"),
    ("in addition to", "extra"),
    ("stand for", "mean"),
    ("stands for", "means"),
    ("up to", ""),
    ("in order to", "to"),
    ("would like", "want"),
    ("i'd like", "want"),
    ("half a year", "26 weeks"),
    ("a year", "52 weeks"),
    ("a month", "5 weeks"),
    ("of us", "team"),
    ("am i doing", "progress"),
    ("i can do", "i know"),
    ("next to", "near"),
    ("close to", "near"),
    ("in common", "common"),
    ("not in", "not outside"),
    ("at least", ""),
    ("no idea", "explain"),
    ("how about", "explain"),
    ("from scratch", ""),
    ("from zero", ""),
    ("even though", ""),
    ("in front", ""),
    ("good in", "learn"),
    ("as well", ""),
    ("a lot", ""),
    ("look like", "explain"),
    ("looks like", "explain"),
    ("worth it", "worth"),
    ("know nothing", "begin"),
    ("that point", ""),
];

/// Small numbers in words.
pub(super) const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// Units of time, by their first letter.
pub(super) const UNITS: &[(char, &str)] = &[
    ('h', "h hr hrs hour hours std stunde stunden"),
    ('d', "d day days daily tag tage"),
    ('w', "w wk week weeks weekly woche wochen"),
    ('m', "month months monat monate monaten"),
    ('y', "year years jahr jahre"),
];
