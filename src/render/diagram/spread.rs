//! Things in one column, each as near as possible to where it wishes to be.

/// A column: where its first thing may stand at the earliest, and the least way to each next one.
#[derive(Clone, Debug)]
pub(super) struct Spread {
    pub(super) first: i32,
    pub(super) gaps: Vec<i32>,
}

/// Places with the least sum of squared ways from the wishes (place, weight), in their order and at
/// least `gaps` apart: isotonic regression by pooling adjacent violators.
pub(super) fn spread(wishes: &[(f64, f64)], gaps: &[i32]) -> Vec<f64> {
    // Without the gaps all that is left to ask for is that no place is above the one before it.
    let mut offsets = vec![0.0; wishes.len()];
    for (position, gap) in gaps.iter().enumerate() {
        offsets[position + 1] = offsets[position] + f64::from(*gap);
    }
    // Blocks of things that stand as close as they may: sum of weighted wishes, weight, count.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for ((wish, weight), offset) in wishes.iter().zip(&offsets) {
        blocks.push(((wish - offset) * weight, *weight, 1));
        while let [.., upper, lower] = blocks.as_mut_slice() {
            if upper.0 / upper.1 <= lower.0 / lower.1 {
                break;
            }
            *upper = (upper.0 + lower.0, upper.1 + lower.1, upper.2 + lower.2);
            blocks.pop();
        }
    }
    let places = blocks.into_iter().flat_map(|(sum, weight, count)| std::iter::repeat_n(sum / weight, count));
    places.zip(&offsets).map(|(place, offset)| place + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_stand_where_they_wish_or_share_the_lack_of_room() {
        assert_eq!(spread(&[(0.0, 1.0), (50.0, 1.0)], &[20]), [0.0, 50.0]);
        assert_eq!(spread(&[(10.0, 1.0), (10.0, 1.0)], &[20]), [0.0, 20.0]);
        assert_eq!(spread(&[(10.0, 1.0), (10.0, 3.0)], &[20]), [-5.0, 15.0]);
    }
}
