//! The options of a sequence, which an identity column has too.

use super::entries::Entries;
use super::faults::Faults;
use crate::SequenceOptions;

/// `start = 10, increment = 2, min = 1, max = 100, cache = 5, cycle`
pub(crate) fn sequence_options(faults: &mut Faults, entries: &mut Entries) -> SequenceOptions {
    let start = entries.integer(faults, "start");
    let increment = entries.integer(faults, "increment");
    let min = entries.integer(faults, "min");
    let max = entries.integer(faults, "max");
    let cache = entries.integer(faults, "cache");
    if let Some(zero) = increment.as_ref().filter(|increment| increment.value == 0) {
        faults.at(zero.span, "the increment can't be 0");
    }
    if let Some(cache) = cache.as_ref().filter(|cache| cache.value < 1) {
        faults.at(cache.span, "the cache holds one value at least");
    }
    if let (Some(min), Some(max)) = (&min, &max)
        && min.value >= max.value
    {
        faults.at(max.span, "`max` must be greater than `min`");
    }
    SequenceOptions {
        start: start.map(|start| start.value),
        increment: increment.map(|increment| increment.value),
        min: min.map(|min| min.value),
        max: max.map(|max| max.value),
        cache: cache.map(|cache| cache.value),
        cycle: entries.flag(faults, "cycle").is_some(),
    }
}
