//! Shape to names: every name of a query resolved against one graph, or what is wrong with it.

pub(crate) mod arguments;
pub(crate) mod binder;
mod combination;
pub(crate) mod conditions;
pub(crate) mod fields;
mod kind_of;
pub(crate) mod knowing;
pub(crate) mod operand;
pub(crate) mod options;
pub(crate) mod query;
pub(crate) mod rows;
pub(crate) mod signature;
mod staged;
mod unknown;
pub(crate) mod values;
mod what_if;

pub(crate) use arguments::{Arguments, whole_number};
pub(crate) use binder::{Binder, Expected, Meaning, Observer};
pub(crate) use conditions::Test;
pub(crate) use fields::{BoundField, ListedRow, as_cell, listed, named};
pub(crate) use knowing::Knowing;
pub(crate) use operand::{Atom, Operand, profile, single};
pub(crate) use options::{
    AVOID, DEPTH, FROM, KNOWING, KNOWING_ONLY, LIMIT, OVER, REQUIRED_ONLY, SHORTEST, VIA,
};
pub(crate) use signature::{OptionRow, Stands};
pub(crate) use values::{arithmetic, in_order};
