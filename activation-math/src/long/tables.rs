//! Constants: the leading bits of numbers, cut off, and what follows them.
//!
//! Computed with mpmath 1.3.0 in 1,200 bits; the tests hold them against multi-precision arithmetic by what is made of them.

use super::Long;

/// ln 2, the first 192 bits.
pub(super) const LN_2: Long = Long::positive(
    -1,
    [0x0000_0000_0000_0000, 0x40f3_4326_7298_b62d, 0xc9e3_b398_03f2_f6af, 0xb172_17f7_d1cf_79ab],
);
/// What follows them.
pub(super) const LN_2_REST: Long = Long::positive(
    -193,
    [0xed2e_ae35_c138_2144, 0x5595_52fb_4afa_1b10, 0xe7b8_7620_6deb_ac98, 0x8a0d_175b_8baa_fa2b],
);
/// π/2, the first 192 bits.
pub(super) const HALF_PI: Long = Long::positive(
    0,
    [0x0000_0000_0000_0000, 0x2902_4e08_8a67_cc74, 0xc4c6_628b_80dc_1cd1, 0xc90f_daa2_2168_c234],
);
/// The next 192 bits.
pub(super) const HALF_PI_REST: Long = Long::positive(
    -198,
    [0x0000_0000_0000_0000, 0xe546_6cf3_4e90_c6cc, 0x5282_1e63_8d01_377b, 0x82ef_a98e_c4e6_c894],
);
/// What follows them.
pub(super) const HALF_PI_LAST: Long = Long::positive(
    -394,
    [0x310b_a698_dfb5_ac2f, 0x16d5_d989_79fb_1bd1, 0x84d5_b5b5_4709_1792, 0xac29_b7c9_7c50_dd3f],
);
/// 1 / ln 2
pub(super) const LOG2_E: Long = Long::positive(
    0,
    [0x8b25_166c_d1a1_3247, 0xeb57_7aa8_dd69_5a58, 0xbe87_fed0_691d_3e88, 0xb8aa_3b29_5c17_f0bb],
);
/// 2/π
pub(super) const TWO_OVER_PI: Long = Long::positive(
    -1,
    [0xfe51_63ab_debb_c561, 0xdb62_9599_3c43_9041, 0xfc27_57d1_f534_ddc0, 0xa2f9_836e_4e44_1529],
);
/// 2/√π
pub(super) const TWO_OVER_SQRT_PI: Long = Long::positive(
    0,
    [0x39a1_5830_cce6_20b0, 0x1409_a0eb_ac3e_7517, 0x71d4_8a7f_6bfe_c344, 0x906e_ba82_14db_688d],
);
