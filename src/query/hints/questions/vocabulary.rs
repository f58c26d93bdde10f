//! The words of questions: what each is about, and what it says of the name behind it.

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
pub(super) const ALWAYS: [&str; 2] = ["ask", "me"];

/// Classes with their words.
const CLASSES: &[(&str, &str)] = &[
    (
        "ask",
        "what what's whats which how how's where when was wie wo welche welcher welches wann wieviel",
    ),
    (
        "alternative",
        "alternative alternatives instead replace replaces replacing replacement replacements substitute substitutes competitor competitors rival rivals similar comparable equivalent like else ersatz alternativen statt swap",
    ),
    ("bottleneck", "bottleneck bottlenecks chokepoint chokepoints"),
    ("can", "can could possible able may allowed kann darf"),
    (
        "common",
        "common share shared sharing shares overlap overlaps overlapping both joint gemeinsam intersection similarities",
    ),
    (
        "compare",
        "compare compares compared comparing comparison vs vs. versus difference differences diff different differ differs distinguish better worse unterschied unterschiede unterscheidet vergleich vergleiche contrast against",
    ),
    ("count", "many number count amount total viele anzahl quantity"),
    (
        "define",
        "mean means meaning definition define explain explained explanation describe description tell info infos information detail details facts overview summary bedeutet bedeutung heißt heisst erklär erkläre erklärung",
    ),
    (
        "dispute",
        "disagree disagreement disagreements dispute disputes disputed contradict contradicts contradiction contradictions conflict conflicts conflicting controversial widerspruch",
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
    ("forget", "forget unlearn remove delete anymore forgot forgotten untick unmark"),
    ("format", "pdf png svg csv markdown export file download html calendar ics excel"),
    (
        "hard",
        "hardest longest biggest hard difficult difficulty toughest tough complex complicated schwer schwerste schwierig",
    ),
    ("important", "worth important importance useful relevant relevance wichtig sinnvoll"),
    (
        "know",
        "know knows known knowing knew learned learnt finished done mastered completed studied understood kenne kennt covered familiar experience experienced",
    ),
    (
        "learn",
        "learn learning learns lern lerne lernen study studying become becoming becomes be werde werden master mastering get getting reach go going come move moving switch switching change changing transition grow understand teach into pick goal career finish acquire improve upskill",
    ),
    (
        "left",
        "missing left lacking lack lacks remaining remain remains still gap gaps fehlt fehlen noch yet",
    ),
    (
        "long",
        "long time hours hour weeks week months month days duration effort workload dauert dauer lange aufwand zeit stunden wochen",
    ),
    ("mark", "mark tick add note remember record save check"),
    ("me", "i i'm i've i'd i'll we we've we're you one my our me us myself ich wir man mein mich"),
    (
        "must",
        "mandatory essential must-have must-haves haves obligatory compulsory unavoidable indispensable pflicht zwingend absolutely strictly non-negotiable",
    ),
    (
        "need",
        "need needs needing require requires requiring depend depends depending dependent rely relies build builds rest rests use uses using brauche brauchen braucht benötige benötigt presuppose presupposes suit suits fits match matches",
    ),
    ("needed", "needed required necessary part used included notwendig nötig require- benötigte"),
    ("next", "next following afterwards continue weiter nächste nächstes nächster danach"),
    (
        "no",
        "not never don't dont doesn't doesnt isn't isnt aren't won't can't cant cannot didn't haven't hasn't needn't nicht kein keine",
    ),
    ("optional", "optional recommended nice-to-have leave optionally freiwillig weglassen"),
    ("or", "or oder / either"),
    (
        "plan",
        "plan plans roadmap roadmaps curriculum course courses syllabus steps program programme order sequence track guide lehrplan lernplan map outline",
    ),
    (
        "prereq",
        "prerequisite prerequisites prereq prereqs pre-requisite pre-requisites pre-reqs requirement requirements precondition preconditions dependency dependencies deps foundation foundations basics fundamentals voraussetzung voraussetzungen vorwissen background groundwork",
    ),
    (
        "progress",
        "far progress enough ready prepared qualified status fit standing percentage percent closer fortschritt bereit",
    ),
    (
        "related",
        "relate relates related relation relations relationship connect connects connected connection link linked links near nearby neighbours neighbors close together verwandt zusammenhang tied",
    ),
    ("schedule", "schedule timetable weekly gantt zeitplan timeline calendar wochenplan"),
    ("skip", "skip skipping omit avoid avoiding drop ignore leaving without w/o ohne auslassen"),
    (
        "source",
        "source sources says say said saying claim claims claimed cite cites cited citation citations reference references mention mentions mentioned evidence text texts book books docs documentation quelle quellen proof article articles authors author talk talks",
    ),
    (
        "team",
        "team people person colleagues colleague everyone staff employees group kollegen matrix",
    ),
    (
        "top",
        "most top best popular key main central favourite favorite core commonly wichtigste wichtigsten beliebteste beste besten",
    ),
    (
        "unlock",
        "unlock unlocks unlocked enable enables enabled open opens possible lead leads leading allow allows benefit benefits good purpose point ermöglicht",
    ),
    ("way", "path paths way ways route routes road journey weg pfad"),
    ("who", "who whom whose wer"),
    ("why", "why reason reasons warum wieso weshalb wozu"),
];

/// Words that say nothing.
const FILLERS: &str = "a an the this that these those it its it's is are am be been being was were do does did \
    doing have has had having will would should shall may might must to of for from in on at by as with about and or but \
    so if then than there any some all every each also just only really actually please pls plz thanks thank hi hello hey \
    ok okay well now today currently already want wants wanted wanna  like would'd give gives show shows list lists \
    display print find see let lets let's help make makes create  put take takes taking taken much very more \
    someone somebody anyone  something anything everything thing things stuff topic topics item items subject subjects \
     when while because since given assuming suppose  within during per , ( ) - -- ? ! : ; & + \
    come comes came happen happens  great proper properly correct right exactly ever again up out off down new \
      und oder ist sind ein eine einen der die das den dem des ich du wir es gibt man mir bitte für zu \
    zum zur von vom mit im auf bei nach aus als an um wenn dann soll sollte muss müssen kann können könnte möchte will \
    mich zwischen alle zeig zeige gib liste machen tun schon auch  am too own here world  area  before after \
    between among towards toward via through instead without available exist exists existing inside under over \
     someone's wondering wonder tell question curious think guess idea   maybe perhaps \
     job's  work working works involved involves include includes including contain contains consist  \
     usually normally typically generally basically  it'd that's there's he she they them who's \
       simply quickly asap once later soon eventually anyways anyway basically \
    got gotten feel feeling sure trying try aim aiming  planning intend hope hoping looking look interested \
    decide choose  choosing prefer suggest recommend advise advice propose suggestion suggestions  set";

/// Words in front of a name, with the role that they give it and how strongly they do.
const MARKERS: &[(NameRole, u8, &str)] = &[
    (
        NameRole::Avoided,
        6,
        "without w/o skip skipping omit avoid avoiding drop ignore leaving ohne excluding except minus not no don't dont doesn't isn't never won't can't didn't forget",
    ),
    (NameRole::Instead, 6, "instead rather than replace replaces replacing besides statt"),
    (NameRole::Before, 5, "before prior bevor vor until"),
    (NameRole::Known, 5, "after nach given since"),
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
        "know knows known knowing knew learned learnt finished done mastered completed studied understood with having already mit kenne kennt covered familiar experience experienced",
    ),
    (
        NameRole::Needed,
        2,
        "need needs needing require requires requiring depend depends rely relies build builds rest rests use uses using brauche brauchen braucht benötige benötigt presuppose presupposes",
    ),
    (NameRole::Goal, 1, "to on upon zu auf reach"),
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
    [",", "and", "&", "+", "und", "plus"].contains(&word)
}

/// The word that a misspelt one probably is: one letter differs, or two change places.
pub(super) fn misspelt_word(word: &str) -> Option<&'static str> {
    let long = |word: &str| word.chars().count() >= LONG;
    if !long(word) {
        return None;
    }
    let mut words: Vec<&str> =
        CLASS_OF.keys().copied().filter(|other| strsim::osa_distance(word, other) == 1).collect();
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
        if let Some((role, strength)) = MARKER.get(words[at])
            && best.is_none_or(|(_, other, _)| *strength > other)
        {
            best = Some((*role, *strength, at));
        }
    }
    best.map_or((NameRole::Plain, None), |(role, _, at)| (role, Some(at)))
}
