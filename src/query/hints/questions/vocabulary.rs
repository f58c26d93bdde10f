//! The words of questions: what each is about, and what it says of the behind it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a name is to a question, as the words in front of it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameRole {
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

impl NameRole {
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
const CLASSES: &[(&str, &str)] = &[
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
    ("ways", "paths ways routes"),
    ("used", "used useful verwendet"),
    ("way", "path way route road journey weg pfad"),
    ("who", "who whom whose wer"),
    ("why", "why reason reasons warum wieso weshalb wozu wofür"),
];

/// Words that say nothing.
const FILLERS: &str = "supposed ! & ( ) + , - -- : ; ? a across actually advice advise again aim aiming all alle alles along also among an \
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
const MARKERS: &[(NameRole, u8, &str)] = &[
    (
        NameRole::Avoided,
        6,
        "without w/o skip skipping omit avoid avoiding drop ignore leaving ohne excluding except minus not no don't dont doesn't isn't never won't can't didn't forget",
    ),
    (NameRole::Instead, 6, "instead rather than replace replaces replacing besides statt"),
    (NameRole::Before, 5, "before prior bevor vor until"),
    (NameRole::Known, 5, "after nach given since experience experienced background expertise"),
    (NameRole::From, 5, "from von vom"),
    (NameRole::Via, 5, "via through"),
    (
        NameRole::Goal,
        4,
        "for of in into be become becoming becomes towards toward als für werden zum zur im -> → => being about",
    ),
    (NameRole::From, 1, "as am i'm was currently bin"),
    (
        NameRole::Known,
        2,
        "know knows known knowing knew learned learnt finished done mastered completed studied understood with having already mit kenne kennt covered familiar",
    ),
    (
        NameRole::Needed,
        2,
        "need needs needing require requires requiring depend depends rely relies build builds rest rests use uses using brauche brauchen braucht benötige benötigt presuppose presupposes involve involves contain contains include includes",
    ),
    (NameRole::Goal, 3, "to zu"),
    (NameRole::Goal, 1, "on upon auf reach"),
];

/// Words that lead to what something is for.
const LEADING: [&str; 5] = ["for", "in", "when", "to", "on"];

/// Words in front that ask whether something is so.
const WHETHER: [&str; 13] = [
    "am", "do", "does", "is", "are", "must", "should", "shall", "has", "muss", "soll", "sollte",
    "brauche",
];

/// Where what stands in front of a name ends.
const BOUNDARIES: &str = "that which who what how why if when where , but then so";

/// What people call kinds that have another name; only where the graph has that kind.
const KINDS: &[(&str, &str)] = &[
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
const IDIOMS: &[(&str, &str)] = &[
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
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// Units of time, by their first letter.
const UNITS: &[(char, &str)] = &[
    ('h', "h hr hrs hour hours std stunde stunden"),
    ('d', "d day days daily tag tage"),
    ('w', "w wk week weeks weekly woche wochen"),
    ('m', "month months monat monate monaten"),
    ('y', "year years jahr jahre"),
];

/// The shortest word of which one letter may be wrong.
const LONG: usize = 5;

type Markers = HashMap<&'static str, (NameRole, u8)>;

static CLASS_OF: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let words =
        CLASSES.iter().flat_map(|(class, words)| words.split(' ').map(|word| (word, *class)));
    words.collect()
});
static FILLER: LazyLock<HashSet<&str>> = LazyLock::new(|| FILLERS.split_whitespace().collect());
static MARKER: LazyLock<Markers> = LazyLock::new(|| {
    let of = |(role, strength, words): &(NameRole, u8, &'static str)| {
        let (role, strength) = (*role, *strength);
        words.split(' ').map(move |word| (word, (role, strength)))
    };
    MARKERS.iter().flat_map(of).collect()
});

/// What a word is about.
pub(super) fn class_of(word: &str) -> Option<&'static str> {
    CLASS_OF.get(word).copied()
}

/// Does a word say nothing by itself?
pub(super) fn is_filler(word: &str) -> bool {
    FILLER.contains(word) || MARKER.contains_key(word)
}

/// Is it a word of questions rather than a name?
pub(super) fn is_word(word: &str) -> bool {
    is_filler(word) || CLASS_OF.contains_key(word)
}

/// Does it join the names of a list?
pub(super) fn is_and(word: &str) -> bool {
    [",", "and", "&", "+", "und", "plus", "then"].contains(&word)
}

/// The word that a misspelt one probably is: one letter differs, or two change places.
pub(super) fn misspelt_word(word: &str) -> Option<&'static str> {
    let long = |word: &str| word.chars().count() >= LONG;
    if !long(word) {
        return None;
    }
    let words = CLASS_OF.keys().chain(MARKER.keys()).chain(FILLER.iter()).copied();
    let mut words: Vec<&str> =
        words.filter(|other| strsim::osa_distance(word, other) == 1).collect();
    words.sort_unstable();
    words.first().copied()
}

/// The kind that people mean by another word.
pub(super) fn kind_meant(word: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .find(|(_, words)| words.split(' ').any(|other| other == word))
        .map(|(kind, _)| *kind)
}

/// A number in words.
pub(super) fn number_of(word: &str) -> Option<u32> {
    let at = NUMBERS.iter().position(|number| *number == word)?;
    u32::try_from(at + 1).ok()
}

/// The unit that a word is.
pub(super) fn unit_of(word: &str) -> Option<char> {
    UNITS
        .iter()
        .find(|(_, words)| words.split(' ').any(|other| other == word))
        .map(|(unit, _)| *unit)
}

/// The role that words give to the name behind them, with the place of the word that does.
pub(super) fn role_after(words: &[&str]) -> (NameRole, Option<usize>) {
    let reach = words.iter().rposition(|word| BOUNDARIES.split(' ').any(|end| end == *word));
    let mut best: Option<(NameRole, u8, usize)> = None;
    for at in (reach.map_or(0, |at| at + 1)..words.len()).rev() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        if class_of(words[at]) == Some("skip") && LEADING.contains(&next) {
            // What is left out is not named: `what can I skip for mlops`.
            continue;
        }
        if let Some((role, strength)) = MARKER.get(words[at])
            && best.is_none_or(|(_, other, _)| *strength > other)
        {
            best = Some((*role, *strength, at));
        }
    }
    best.map_or((NameRole::Plain, None), |(role, _, at)| (role, Some(at)))
}

/// What stands for the words from a place on, if they are one of those, and how many they are.
pub(super) fn idiom(words: &[&str]) -> Option<(&'static str, usize)> {
    let fits = |said: &&(&str, &str)| {
        let mut given = words.iter();
        said.0.split(' ').all(|word| given.next() == Some(&word))
    };
    IDIOMS.iter().find(fits).map(|(said, meant)| (*meant, said.split(' ').count()))
}

/// Does a question with this word in front ask whether something is so?
pub(super) fn asks_whether(word: &str) -> bool {
    WHETHER.contains(&word)
}
