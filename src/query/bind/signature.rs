//! What may stand behind the word of a verb or stage. Its usage is made from this.

/// What a verb or stage takes as its operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// One node.
    Node,
    /// A set.
    Set,
    /// Nodes to stand beside one another.
    List,
    /// Where from and where to.
    Ends,
    /// The same, with stops between.
    Stops,
    /// A set, or where from and where to.
    SetOrEnds,
    /// Any words.
    Text,
    /// Whether a node is in an answer, or what a path is.
    Statement,
    /// A condition.
    Condition,
    /// A number.
    Number,
    /// A field.
    Field,
    /// Fields.
    Fields,
    /// `by` a field.
    ByField,
    /// `by` fields, upward or downward.
    ByKeys,
}

impl Takes {
    /// How it is written, in capitals.
    #[must_use]
    pub const fn written(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Node | Self::Number => "N",
            Self::Set => "S",
            Self::List => "A, B [, C …]",
            Self::Ends => "A -> B",
            Self::Stops => "A -> B [-> C …]",
            Self::SetOrEnds => "S | A -> S",
            Self::Text => "TEXT",
            Self::Statement => "[not] X in (QUERY), or why [not] path A -> B …",
            Self::Condition => "CONDITION",
            Self::Field => "FIELD",
            Self::Fields => "FIELD, …",
            Self::ByField => "by FIELD",
            Self::ByKeys => "by FIELD [desc], …",
        }
    }

    /// May an arrow stand in it?
    pub(crate) const fn has_arrow(self) -> bool {
        matches!(self, Self::Ends | Self::Stops | Self::SetOrEnds | Self::Statement)
    }

    /// The word that must come first.
    pub(crate) const fn joint(self) -> Option<&'static str> {
        match self {
            Self::ByField | Self::ByKeys => Some("by"),
            _ => None,
        }
    }
}

/// An option of a verb: a row of its table.
#[derive(Debug, Clone, Copy)]
pub struct OptionRow {
    /// The word or words that begin it.
    pub words: &'static str,
    /// What follows them; empty if nothing does.
    pub value: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// Whether it must stand there, and behind what.
    pub(crate) stands: Stands,
}

/// Where an option stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    /// Anywhere, or not at all.
    Free,
    /// It has to be there.
    Required,
    /// With another option only.
    With(&'static str),
    /// In the place of another one that would have to be there, or beside it.
    Instead(&'static str),
}

impl OptionRow {
    /// An option that may be left out.
    pub(crate) const fn new(
        words: &'static str,
        value: &'static str,
        summary: &'static str,
    ) -> Self {
        Self { words, value, summary, stands: Stands::Free }
    }

    /// The same, standing elsewhere.
    pub(crate) const fn stands(self, stands: Stands) -> Self {
        Self { stands, ..self }
    }

    /// How it is written; `more` are words that make another option of it.
    fn usage(&self, more: Option<&str>, options: &[Self]) -> String {
        let mut text = self.words.to_owned();
        if let Some(more) = more {
            text.push_str(&format!(" [{more}]"));
        }
        if !self.value.is_empty() {
            text.push_str(&format!(" {}", self.value));
        }
        for with in options.iter().filter(|row| row.stands == Stands::With(self.words)) {
            text.push_str(&format!(" {}", with.usage(None, options)));
        }
        for other in options.iter().filter(|row| row.stands == Stands::Instead(self.words)) {
            text.push_str(&format!(" | {} {}", other.words, other.value));
        }
        if self.stands == Stands::Required { text } else { format!("[{text}]") }
    }
}

/// The name of a verb or stage with what may stand behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signature {
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    pub(crate) options: &'static [OptionRow],
}

impl Signature {
    /// Does it mean something without anything behind it, and nothing else with more?
    pub(crate) const fn stands_alone(self) -> bool {
        matches!(self.takes, Takes::Nothing) && self.options.is_empty()
    }

    /// The words that begin it: `sort by`.
    pub(crate) fn words(self) -> String {
        self.takes.joint().map_or(self.name.to_owned(), |joint| format!("{} {joint}", self.name))
    }

    /// How it is written.
    pub(crate) fn usage(self) -> String {
        let extends = |row: &OptionRow, other: &OptionRow| {
            row.words.strip_prefix(other.words).and_then(|more| more.strip_prefix(' '))
        };
        let options = self.options.iter().filter(|row| {
            let alone = self.options.iter().all(|other| extends(row, other).is_none());
            alone && !matches!(row.stands, Stands::With(_) | Stands::Instead(_))
        });
        let options = options.map(|row| {
            let more = self.options.iter().find_map(|other| extends(other, row));
            row.usage(more, self.options)
        });
        let parts = [self.name, self.takes.written()].into_iter().filter(|part| !part.is_empty());
        parts.map(str::to_owned).chain(options).collect::<Vec<String>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::{OptionRow, Signature, Stands, Takes};

    fn usage(takes: Takes, options: &'static [OptionRow]) -> String {
        Signature { name: "do", takes, options }.usage()
    }

    #[test]
    fn usage_is_made_from_what_may_stand_there() {
        const PLAIN: OptionRow = OptionRow::new("over", "R, …", "");
        const FLAG: OptionRow = OptionRow::new("shortest", "", "");
        const MUST: OptionRow = OptionRow::new("by", "M", "").stands(Stands::Required);
        const MORE: OptionRow = OptionRow::new("knowing only", "N, …", "");
        const LESS: OptionRow = OptionRow::new("knowing", "N, …", "");
        const WITH: OptionRow = OptionRow::new("default", "X", "").stands(Stands::With("over"));
        const ELSE: OptionRow = OptionRow::new("in", "N", "").stands(Stands::Instead("by"));
        for (takes, options, wanted) in [
            (Takes::Nothing, [].as_slice(), "do"),
            (Takes::Set, &[], "do S"),
            (Takes::Stops, &[PLAIN, FLAG], "do A -> B [-> C …] [over R, …] [shortest]"),
            (Takes::Set, &[MUST, FLAG], "do S by M [shortest]"),
            (Takes::Nothing, &[MORE, LESS], "do [knowing [only] N, …]"),
            (Takes::Set, &[WITH, PLAIN], "do S [over R, … [default X]]"),
            (Takes::Nothing, &[MUST, ELSE, FLAG], "do by M | in N [shortest]"),
        ] {
            assert_eq!(usage(takes, options), wanted);
        }
    }

    #[test]
    fn what_takes_nothing_but_options_does_not_stand_alone() {
        const OF: OptionRow = OptionRow::new("of", "S", "");
        let alone = |takes, options| Signature { name: "do", takes, options }.stands_alone();
        assert!(alone(Takes::Nothing, &[]));
        assert!(!alone(Takes::Nothing, &[OF]));
        assert!(!alone(Takes::Set, &[]));
    }
}
