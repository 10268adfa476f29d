//! Where every decision of the generator comes from: numbers that proptest rolls, and shrinks towards zero.

/// What is left of the numbers of one operation. When they are used up, every answer is the first one.
pub struct Dice<'a>(pub &'a [u16]);

impl Dice<'_> {
    fn roll(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    /// A number below `end`; the smaller the roll, the smaller the number. 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() * end) >> 16
    }

    /// True once in so many times; false for a roll of zero.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// One of several, if there are any.
    pub fn pick<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len())).cloned()
    }

    /// Some of several: `most` at most, each once, in any order, the first one if there is one.
    pub fn some<T: Clone>(&mut self, most: usize, of: &[T]) -> Vec<T> {
        let mut left = of.to_vec();
        let count = (1 + self.below(most)).min(left.len());
        (0..count).map(|_| left.remove(self.below(left.len()))).collect()
    }
}
