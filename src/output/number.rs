//! Numbers in text, for those that write thousands of them.

/// A number as digits.
pub(super) struct Number {
    digits: [u8; Self::MOST],
    /// Where the first of them stands.
    from: usize,
}

impl Number {
    /// Digits that the largest number has.
    const MOST: usize = usize::MAX.ilog10() as usize + 1;

    /// The digits.
    pub(super) fn text(&self) -> &str {
        str::from_utf8(&self.digits[self.from..]).unwrap_or_default()
    }
}

impl From<usize> for Number {
    fn from(mut number: usize) -> Self {
        let mut digits = [b'0'; Self::MOST];
        let mut from = Self::MOST - 1;
        digits[from] += (number % 10) as u8;
        while number > 9 {
            number /= 10;
            from -= 1;
            digits[from] += (number % 10) as u8;
        }
        Self { digits, from }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are() {
        for number in [0, 7, 10, 99, 100, 2025, usize::MAX] {
            assert_eq!(Number::from(number).text(), number.to_string());
        }
    }
}
