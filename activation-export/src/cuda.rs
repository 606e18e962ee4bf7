//! CUDA: the functions of C for devices, and kernels over arrays.

use crate::c::{Qualifiers, functions, head};
use crate::subject::Subject;

pub(crate) const QUALIFIERS: Qualifiers =
    Qualifiers { inner: "__device__ static ", outer: "__device__ ", table: "" };

/// What NVRTC does not have of math.h.
pub(crate) const CONSTANTS: &str = "#if !defined(NAN)\n#define NAN (__int_as_float(0x7fffffff))\n#define INFINITY (__int_as_float(0x7f800000))\n#endif\n\n";

pub(crate) fn file(subject: &Subject) -> String {
    let mut text = head(subject);
    text += "/* Kernels take (x, learned parameters, result, count), one thread a number. nvcc and nvrtc: without --use_fast_math. */\n\n";
    text += CONSTANTS;
    text += &functions(subject, &QUALIFIERS);
    for function in &subject.functions {
        for (number, ending) in [("double", ""), ("float", "_f32")] {
            let name = format!("activation_{}{}{ending}", subject.name, function.suffix);
            let parameters: String =
                subject.learned.iter().map(|one| format!("double {}, ", one.name)).collect();
            let arguments: String = subject.learned.iter().map(|one| format!(", {}", one.name)).collect();
            text += &format!(
                "\nextern \"C\" __global__ void {name}_kernel(const {number} *x, {parameters}{number} *result, long long count) {{\n    \
                 long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x;\n    \
                 if (i < count) result[i] = {name}(x[i]{arguments});\n}}\n"
            );
        }
    }
    text
}
