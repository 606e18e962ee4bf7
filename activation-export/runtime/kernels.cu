//@ f64:
FN double P_from_f64(double a) { return a; }
FN double P_to_f64(double a) { return a; }
//@ f32:
FN double P_from_f32(float a) { return a; }
FN float P_to_f32(double a) { return (float)a; }
//@ short:
/* Of numbers with `digits` bits, the first of which is not written: the nearest one, to even. 2^least is above the smallest
   normal number, 2^most above the largest one. */
FN unsigned short P_nearest(double a, int digits, int least, int most) {
    double size = fabs(a);
    int exponent, first = 1 << (digits - 1), sign = copysign(1.0, a) < 0.0 ? 0x8000 : 0;
    int infinite = (most - least + 2) * first;
    if (a != a) return (unsigned short)(infinite + first / 2);
    if (size == 0.0) return (unsigned short)sign;
    if (size >= ldexp(1.0, most)) return (unsigned short)(sign + infinite);
    frexp(size, &exponent);
    if (exponent < least) exponent = least;
    /* What rounding carries goes into the exponent. */
    return (unsigned short)(sign + (exponent - least) * first + (int)rint(ldexp(size, digits - exponent)));
}
FN double P_double(unsigned short bits, int digits, int least, int most) {
    int first = 1 << (digits - 1), magnitude = bits & 0x7fff;
    int exponent = magnitude / first, fraction = magnitude % first;
    double size = exponent == 0 ? ldexp((double)fraction, least - digits)
        : exponent <= most - least + 1 ? ldexp((double)(first + fraction), exponent - 1 + least - digits)
        : fraction == 0 ? INFINITY : NAN;
    return bits & 0x8000 ? -size : size;
}
//@ f16: short
FN double P_from_f16(unsigned short a) { return P_double(a, 11, -13, 16); }
FN unsigned short P_to_f16(double a) { return P_nearest(a, 11, -13, 16); }
//@ bf16: short
FN double P_from_bf16(unsigned short a) { return P_double(a, 8, -125, 128); }
FN unsigned short P_to_bf16(double a) { return P_nearest(a, 8, -125, 128); }
//@ index:
FN long long P_thread() { return (long long)blockIdx.x * blockDim.x + threadIdx.x; }
/* The channel of an element, `inner` neighbours of which are of one channel. */
FN long long P_channel(long long i, long long inner, long long channels) {
    return channels == 1 ? 0 : i / inner % channels;
}
//@ sum: index
/* Adds what rounding takes away to `lost`. */
FN double P_added(double sum, double more, double *lost) {
    double next = sum + more;
    if (next - next == 0.0) *lost += fabs(sum) >= fabs(more) ? (sum - next) + more : (more - next) + sum;
    return next;
}
//@ evaluate:
/* result = f(x). Parameters are [learned, channels]. */
extern "C" __global__ void KERNEL(
    const NUMBER *x, const double *parameters, long long channels, long long inner, NUMBER *result, long long count
) {
    long long i = P_thread();
    if (i >= count) return;
    long long channel = P_channel(i, inner, channels);
    result[i] = P_to_ELEMENT(FUNCTION(P_from_ELEMENT(x[i])PARAMETERS));
}
//@ backward:
/* grad_input = grad_output f'(x) */
extern "C" __global__ void KERNEL(
    const NUMBER *x, const NUMBER *grad_output, const double *parameters, long long channels, long long inner,
    NUMBER *grad_input, long long count
) {
    long long i = P_thread();
    if (i >= count) return;
    long long channel = P_channel(i, inner, channels);
    double slope = SLOPE(P_from_ELEMENT(x[i])PARAMETERS);
    grad_input[i] = P_to_ELEMENT(slope * P_from_ELEMENT(grad_output[i]));
}
//@ gradient:
/* Of every channel, whose elements are `elements`, `parts` sums of grad_output df/dparameter: [channels, parts]. */
extern "C" __global__ void KERNEL(
    const NUMBER *x, const NUMBER *grad_output, const double *parameters, long long channels, long long inner,
    long long elements, long long parts, double *sums, long long count
) {
    long long thread = P_thread(), k;
    if (thread >= count) return;
    long long channel = thread / parts;
    double sum = 0.0, lost = 0.0;
    for (k = thread % parts; k < elements; k += parts) {
        long long i = (k / inner * channels + channel) * inner + k % inner;
        double slope = FUNCTION(P_from_ELEMENT(x[i])PARAMETERS);
        sum = P_added(sum, slope * P_from_ELEMENT(grad_output[i]), &lost);
    }
    sums[thread] = sum + lost;
}
//@ total:
/* Of every `parts` numbers, `left` sums: [channels, parts] to [channels, left]. */
extern "C" __global__ void KERNEL(
    const double *sums, long long parts, long long left, NUMBER *result, long long count
) {
    long long thread = P_thread(), k;
    if (thread >= count) return;
    double sum = 0.0, lost = 0.0;
    for (k = thread % left; k < parts; k += left) sum = P_added(sum, sums[thread / left * parts + k], &lost);
    result[thread] = P_to_ELEMENT(sum + lost);
}
//@ product:
/* result = value f(gate). Values, and gates, are rows of `width` numbers whose beginnings are `row` numbers apart. */
extern "C" __global__ void KERNEL(
    const NUMBER *value, const NUMBER *gate, long long width, long long row, const double *parameters,
    NUMBER *result, long long count
) {
    long long i = P_thread();
    if (i >= count) return;
    const long long channels = 1, channel = 0, at = i / width * row + i % width;
    result[i] = P_to_ELEMENT(P_from_ELEMENT(value[at]) * FUNCTION(P_from_ELEMENT(gate[at])PARAMETERS));
}
//@ product_backward:
/* Both gradients of a product; those by the values begin at `to_value`, those by the gates at `to_gate`. */
extern "C" __global__ void KERNEL(
    const NUMBER *value, const NUMBER *gate, const NUMBER *grad_output, long long width, long long row,
    const double *parameters, long long to_value, long long to_gate, NUMBER *grad_input, long long count
) {
    long long i = P_thread();
    if (i >= count) return;
    const long long channels = 1, channel = 0, at = i / width * row + i % width;
    double x = P_from_ELEMENT(gate[at]), grad = P_from_ELEMENT(grad_output[i]);
    grad_input[to_value + at] = P_to_ELEMENT(FUNCTION(xPARAMETERS) * grad);
    grad_input[to_gate + at] = P_to_ELEMENT(SLOPE(xPARAMETERS) * (grad * P_from_ELEMENT(value[at])));
}
