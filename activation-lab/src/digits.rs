//! The data: 1,797 images of handwritten digits, 8 by 8 pixels (see data/README.md for where they come from).

use candle_core::{Device, Result, Tensor};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// How many images there are.
pub const IMAGES: usize = 1797;

/// Pixels of an image, row by row.
pub const PIXELS: usize = 64;

/// Digits.
pub const CLASSES: usize = 10;

/// Images to learn from.
pub const TRAINING: usize = 1077;

/// Images to choose learning rates by; what is left is the test part, on which results are measured.
pub const VALIDATION: usize = 360;

static RECORDS: &[u8; IMAGES * (PIXELS + 1)] = include_bytes!("../data/digits.bin");

/// An image: its pixels from 0 to 16, and the digit that it shows.
pub fn image(index: usize) -> (&'static [u8], u8) {
    let record = &RECORDS[index * (PIXELS + 1)..][..PIXELS + 1];
    (&record[..PIXELS], record[PIXELS])
}

/// Some of the images.
#[derive(Clone, Debug)]
pub struct Part {
    /// `[images, 64]` in `f32`.
    pub images: Tensor,
    /// `[images]` in `u32`.
    pub digits: Tensor,
}

/// All of them, divided at random.
#[derive(Clone, Debug)]
pub struct Split {
    /// To learn from.
    pub training: Part,
    /// To choose learning rates by.
    pub validation: Part,
    /// To measure on.
    pub test: Part,
}

impl Split {
    /// Divides the images. Pixels are centred by their means over the training part, and divided by one number such that their
    /// mean square is 1 there.
    ///
    /// # Errors
    ///
    /// Those of candle.
    pub fn random(random: &mut ChaCha8Rng) -> Result<Split> {
        let mut order: Vec<usize> = (0..IMAGES).collect();
        order.shuffle(random);
        let (training, rest) = order.split_at(TRAINING);
        let (validation, test) = rest.split_at(VALIDATION);
        let mut means = [0.0_f64; PIXELS];
        for &index in training {
            for (mean, &pixel) in means.iter_mut().zip(image(index).0) {
                *mean += f64::from(pixel) / TRAINING as f64;
            }
        }
        let squares = training.iter().flat_map(|&index| {
            image(index).0.iter().zip(&means).map(|(&pixel, mean)| (f64::from(pixel) - mean).powi(2))
        });
        let scale = 1.0 / (squares.sum::<f64>() / (TRAINING * PIXELS) as f64).sqrt();
        let part = |indices: &[usize]| -> Result<Part> {
            let pixels = indices.iter().flat_map(|&index| {
                image(index)
                    .0
                    .iter()
                    .zip(&means)
                    .map(|(&pixel, mean)| ((f64::from(pixel) - mean) * scale) as f32)
            });
            let digits: Vec<u32> = indices.iter().map(|&index| u32::from(image(index).1)).collect();
            Ok(Part {
                images: Tensor::from_vec(pixels.collect(), (indices.len(), PIXELS), &Device::Cpu)?,
                digits: Tensor::from_vec(digits, indices.len(), &Device::Cpu)?,
            })
        };
        Ok(Split { training: part(training)?, validation: part(validation)?, test: part(test)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn the_data_are_those_that_were_published() {
        let mut counts = [0; CLASSES];
        let mut ink = 0;
        for index in 0..IMAGES {
            let (pixels, digit) = image(index);
            assert!(pixels.iter().all(|&pixel| pixel <= 16));
            counts[usize::from(digit)] += 1;
            ink += pixels.iter().map(|&pixel| u32::from(pixel)).sum::<u32>();
        }
        // As scikit-learn counts them.
        assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        assert_eq!(ink, 561_718);
        let adler = RECORDS.iter().fold((1_u64, 0_u64), |(sum, sums), &byte| {
            let sum = (sum + u64::from(byte)) % 65_521;
            (sum, (sums + sum) % 65_521)
        });
        assert_eq!(adler, (45_621, 30_218), "`zlib.adler32` of the file");
        assert_eq!(image(0).1, 0);
        assert_eq!(image(0).0[..8], [0, 0, 5, 13, 9, 1, 0, 0]);
    }

    #[test]
    fn parts_are_disjoint_and_standardised() {
        let split = Split::random(&mut ChaCha8Rng::seed_from_u64(1)).expect("tensors");
        let all = [&split.training, &split.validation, &split.test];
        let counts = all.map(|part| part.digits.dims1().expect("a vector"));
        assert_eq!(counts, [TRAINING, VALIDATION, IMAGES - TRAINING - VALIDATION]);
        let mut digits = [0; CLASSES];
        for part in all {
            for digit in part.digits.to_vec1::<u32>().expect("numbers") {
                digits[digit as usize] += 1;
            }
        }
        assert_eq!(digits, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        let pixels =
            split.training.images.flatten_all().and_then(|all| all.to_vec1::<f32>()).expect("numbers");
        let square: f64 = pixels.iter().map(|&pixel| f64::from(pixel).powi(2)).sum();
        assert!((square / pixels.len() as f64 - 1.0).abs() < 1e-5);
        let column: f64 = pixels.iter().skip(20).step_by(PIXELS).map(|&pixel| f64::from(pixel)).sum();
        assert!(column.abs() < 1e-2);
    }
}
