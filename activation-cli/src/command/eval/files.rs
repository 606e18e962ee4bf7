//! Files and streams: the data layer applies the function, and says what it did.

use super::kinks::{Applied, Chosen};
use super::options::Options;
use super::warn_of_nans;
use crate::data::{self, Dtype, is_npy};
use crate::failure::Failure;
use activation_core::Output;
use std::path::Path;

/// Transforms the file or stream that the options name. None if they name none.
pub(super) fn run(options: &Options, function: Chosen<'_>, output: Output) -> Option<Result<(), Failure>> {
    let function = Applied { function, output };
    let target = options.output.as_deref().map(Path::new);
    let summary = match (options.raw, options.input.as_deref().map(Path::new)) {
        (Some(dtype), _) => data::raw(dtype, &function),
        (None, Some(input)) if is_npy(input) => data::npy(input, target, &function),
        (None, Some(input)) => {
            let dtype = options.dtype.unwrap_or(Dtype::F32);
            data::text(input, target, dtype, options.column.as_deref(), &function)
        }
        (None, None) => return None,
    };
    Some(match summary {
        Ok(summary) => {
            if let Some((before, input)) = summary.first_new_nan {
                let first = format!("at number {}, {input}", before.saturating_add(1));
                warn_of_nans(summary.new_nans, summary.values, &first);
            }
            Ok(())
        }
        // Whoever read the results has seen enough.
        Err(error) if error.is_broken_pipe() => Ok(()),
        Err(error) => Err(error.into()),
    })
}
