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
