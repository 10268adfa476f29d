//! Which options of several dimensions are tried together.

/// All combinations, if there are no more than `most` (then true), else as many, spread by our own arithmetic.
pub(super) fn first(lengths: &[usize], most: usize) -> (Vec<Vec<usize>>, bool) {
    let all = lengths.iter().try_fold(1_usize, |all, length| all.checked_mul(*length));
    match all.filter(|all| *all <= most) {
        Some(all) => ((0..all).map(|number| numbered(lengths, number)).collect(), true),
        None => ((0..most).map(|number| spread(lengths, number)).collect(), false),
    }
}

/// Combinations that differ from one of `centers` in one dimension.
pub(super) fn around(centers: &[Vec<usize>], lengths: &[usize]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for center in centers {
        for (at, length) in lengths.iter().enumerate() {
            for option in (0..*length).filter(|option| *option != center[at]) {
                let mut other = center.clone();
                other[at] = option;
                found.push(other);
            }
        }
    }
    found
}

/// The text of an array of integers.
pub(super) fn text(options: &[usize]) -> String {
    let options: Vec<String> = options.iter().map(usize::to_string).collect();
    format!("{{{}}}", options.join(","))
}

fn numbered(lengths: &[usize], mut number: usize) -> Vec<usize> {
    let digit = |length: &usize| {
        let digit = number % length;
        number /= length;
        digit
    };
    lengths.iter().map(digit).collect()
}

/// Each dimension by a generator of its own (SplitMix64, with the number and the dimension as the seed).
fn spread(lengths: &[usize], number: usize) -> Vec<usize> {
    let option = |(at, length): (usize, &usize)| {
        let mixed = mixed((number as u64) << 16 | at as u64) % (*length as u64).max(1);
        usize::try_from(mixed).unwrap_or_default()
    };
    lengths.iter().enumerate().map(option).collect()
}

fn mixed(seed: u64) -> u64 {
    let mut value = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn few_combinations_are_all_there_and_many_are_spread() {
        let (all, complete) = first(&[2, 3], 6);
        assert!(complete);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 6);
        let (some, complete) = first(&[4; 10], 1000);
        assert!(!complete && some.iter().collect::<BTreeSet<_>>().len() > 900);
        assert!((0..10).all(|at| (0..4).all(|option| some.iter().filter(|it| it[at] == option).count() > 150)));
        assert!(first(&[3, 0], 10).0.is_empty());
        assert_eq!(around(&[vec![0, 1]], &[2, 2]), [[1, 1], [0, 0]]);
    }
}
