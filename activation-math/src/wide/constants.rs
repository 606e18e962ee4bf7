//! π and ln 2, as tables of their leading bits.
//!
//! The tests compute both again from Machin-like sums of arc tangents and compare every limb.

use super::{TOP_BIT, Wide};

/// The mantissa of π, most significant limb first; its exponent is 1.
#[rustfmt::skip] // four limbs a line
const PI: [u64; 132] = [
    0xc90f_daa2_2168_c234, 0xc4c6_628b_80dc_1cd1, 0x2902_4e08_8a67_cc74, 0x020b_bea6_3b13_9b22,
    0x514a_0879_8e34_04dd, 0xef95_19b3_cd3a_431b, 0x302b_0a6d_f25f_1437, 0x4fe1_356d_6d51_c245,
    0xe485_b576_625e_7ec6, 0xf44c_42e9_a637_ed6b, 0x0bff_5cb6_f406_b7ed, 0xee38_6bfb_5a89_9fa5,
    0xae9f_2411_7c4b_1fe6, 0x4928_6651_ece4_5b3d, 0xc200_7cb8_a163_bf05, 0x98da_4836_1c55_d39a,
    0x6916_3fa8_fd24_cf5f, 0x8365_5d23_dca3_ad96, 0x1c62_f356_2085_52bb, 0x9ed5_2907_7096_966d,
    0x670c_354e_4abc_9804, 0xf174_6c08_ca18_217c, 0x3290_5e46_2e36_ce3b, 0xe39e_772c_180e_8603,
    0x9b27_83a2_ec07_a28f, 0xb5c5_5df0_6f4c_52c9, 0xde2b_cbf6_9558_1718, 0x3995_497c_ea95_6ae5,
    0x15d2_2618_98fa_0510, 0x1572_8e5a_8aaa_c42d, 0xad33_170d_0450_7a33, 0xa855_21ab_df1c_ba64,
    0xecfb_8504_58db_ef0a, 0x8aea_7157_5d06_0c7d, 0xb397_0f85_a6e1_e4c7, 0xabf5_ae8c_db09_33d7,
    0x1e8c_94e0_4a25_619d, 0xcee3_d226_1ad2_ee6b, 0xf12f_fa06_d98a_0864, 0xd876_0273_3ec8_6a64,
    0x521f_2b18_177b_200c, 0xbbe1_1757_7a61_5d6c, 0x7709_88c0_bad9_46e2, 0x08e2_4fa0_74e5_ab31,
    0x43db_5bfc_e0fd_108e, 0x4b82_d120_a921_0801, 0x1a72_3c12_a787_e6d7, 0x8871_9a10_bdba_5b26,
    0x99c3_2718_6af4_e23c, 0x1a94_6834_b615_0bda, 0x2583_e9ca_2ad4_4ce8, 0xdbbb_c2db_04de_8ef9,
    0x2e8e_fc14_1fbe_caa6, 0x287c_5947_4e6b_c05d, 0x99b2_964f_a090_c3a2, 0x233b_a186_515b_e7ed,
    0x1f61_2970_cee2_d7af, 0xb81b_dd76_2170_481c, 0xd006_9127_d5b0_5aa9, 0x93b4_ea98_8d8f_ddc1,
    0x86ff_b7dc_90a6_c08f, 0x4df4_35c9_3402_8492, 0x36c3_fab4_d27c_7026, 0xc1d4_dcb2_6026_46de,
    0xc975_1e76_3dba_37bd, 0xf8ff_9406_ad9e_530e, 0xe5db_382f_4130_01ae, 0xb06a_53ed_9027_d831,
    0x1797_27b0_865a_8918, 0xda3e_dbeb_cf9b_14ed, 0x44ce_6cba_ced4_bb1b, 0xdb7f_1447_e6cc_254b,
    0x3320_5151_2bd7_af42, 0x6fb8_f401_378c_d2bf, 0x5983_ca01_c64b_92ec, 0xf032_ea15_d172_1d03,
    0xf482_d7ce_6e74_fef6, 0xd55e_702f_4698_0c82, 0xb5a8_4031_900b_1c9e, 0x59e7_c97f_bec7_e8f3,
    0x23a9_7a7e_36cc_88be, 0x0f1d_45b7_ff58_5ac5, 0x4bd4_07b2_2b41_54aa, 0xcc8f_6d7e_bf48_e1d8,
    0x14cc_5ed2_0f80_37e0, 0xa797_15ee_f29b_e328, 0x06a1_d58b_b7c5_da76, 0xf550_aa3d_8a1f_bff0,
    0xeb19_ccb1_a313_d55c, 0xda56_c9ec_2ef2_9632, 0x387f_e8d7_6e3c_0468, 0x043e_8f66_3f48_60ee,
    0x12bf_2d5b_0b74_74d6, 0xe694_f91e_6dbe_1159, 0x74a3_926f_12fe_e5e4, 0x3877_7cb6_a932_df8c,
    0xd8be_c4d0_73b9_31ba, 0x3bc8_32b6_8d9d_d300, 0x741f_a7bf_8afc_47ed, 0x2576_f693_6ba4_2466,
    0x3aab_639c_5ae4_f568, 0x3423_b474_2bf1_c978, 0x238f_16cb_e39d_652d, 0xe3fd_b8be_fc84_8ad9,
    0x2222_2e04_a403_7c07, 0x13eb_57a8_1a23_f0c7, 0x3473_fc64_6cea_306b, 0x4bcb_c886_2f83_85dd,
    0xfa9d_4b7f_a2c0_87e8, 0x7968_3303_ed5b_dd3a, 0x062b_3cf5_b3a2_78a6, 0x6d2a_13f8_3f44_f82d,
    0xdf31_0ee0_74ab_6a36, 0x4597_e899_a025_5dc1, 0x64f3_1cc5_0846_851d, 0xf9ab_4819_5ded_7ea1,
    0xb1d5_10bd_7ee7_4d73, 0xfaf3_6bc3_1ecf_a268, 0x3590_46f4_eb87_9f92, 0x4009_438b_481c_6cd7,
    0x889a_002e_d5ee_382b, 0xc919_0da6_fc02_6e47, 0x9558_e447_5677_e9aa, 0x9e30_50e2_7656_94df,
    0xc81f_56e8_80b9_6e71, 0x60c9_80dd_98a5_73ea, 0x4472_065a_139c_d290, 0x6cd1_cb72_9ec5_2a52,
    0x86d4_4014_a694_ca45, 0x7583_d5cf_ef26_f1b9, 0x0ad8_291d_a079_9d00, 0x022e_9bed_55c6_fa47,
];

/// The mantissa of ln 2, most significant limb first; its exponent is -1.
#[rustfmt::skip] // four limbs a line
const LN_2: [u64; 68] = [
    0xb172_17f7_d1cf_79ab, 0xc9e3_b398_03f2_f6af, 0x40f3_4326_7298_b62d, 0x8a0d_175b_8baa_fa2b,
    0xe7b8_7620_6deb_ac98, 0x5595_52fb_4afa_1b10, 0xed2e_ae35_c138_2144, 0x2757_3b29_1169_b825,
    0x3e96_ca16_224a_e8c5, 0x1acb_da11_317c_387e, 0xb9ea_9bc3_b136_603b, 0x256f_a0ec_7657_f74b,
    0x72ce_87b1_9d65_48ca, 0xf5df_a6bd_3830_3248, 0x655f_a187_2f20_e3a2, 0xda2d_97c5_0f3f_d5c6,
    0x07f4_ca11_fb5b_fb90, 0x610d_30f8_8fe5_51a2, 0xee56_9d6d_fc1e_fa15, 0x7d2e_23de_1400_b396,
    0x1746_0775_db89_90e5, 0xc943_e732_b479_cd33, 0xcccc_4e65_9393_514c, 0x4c1a_1e0b_d1d6_095d,
    0x2566_9b33_3564_a337, 0x6a9c_7f8a_5e14_8e82, 0x074d_b601_5cfe_7aa3, 0x0c48_0a54_1735_0d2c,
    0x955d_5179_b1e1_7b9d, 0xae31_3cdb_6c60_6cb1, 0x078f_735d_1b2d_b31b, 0x5f50_b518_5064_c18b,
    0x4d16_2db3_b365_853d, 0x7598_a195_1ae2_73ee, 0x5570_b6c6_8f96_9834, 0x96d4_e6d3_30af_889b,
    0x44a0_2554_731c_dc8e, 0xa172_93d1_228a_4ef9, 0x8d6f_5177_fbcf_0755, 0x268a_5c1f_9538_b982,
    0x61af_fd44_6b1c_a3cf, 0x5e92_22b8_8c66_d3c5, 0x4221_83ed_c994_2109, 0x0bbb_16fa_f3d9_49f2,
    0x36e0_2b20_cee8_86b9, 0x05c1_28d5_3d0b_d2f9, 0x6213_6319_6af5_0302, 0x0060_e499_0839_1a0c,
    0x5733_9ba2_beba_7d05, 0x2ac5_b61c_c4e9_207c, 0xef2f_0ce2_d737_3958, 0xd762_2658_901e_646a,
    0x9518_4460_dc4e_7487, 0x156e_0c29_2413_d5e3, 0x61c1_696d_d24a_aebd, 0x4738_26fd_a0c2_38b9,
    0x0ab1_11bb_bd67_c724, 0x972c_d18b_fbbd_9d42, 0x6c47_2096_e761_15c0, 0x5f6f_7ceb_ac9f_45ae,
    0xcecb_72f1_9c38_339d, 0x8f68_2625_0dea_891e, 0xf07a_fff3_a892_374e, 0x175e_b4af_c8da_add8,
    0x85db_6ab0_3a49_bd0d, 0xc0b1_b31d_8a0e_23fa, 0xc5e5_767d_f958_84e0, 0x6425_a415_26fa_c51c,
];

/// The leading `LIMBS` limbs of a table, rounded.
fn leading<const LIMBS: usize>(table: &[u64], exponent: i64) -> Wide<LIMBS> {
    let mut limbs = [0; LIMBS];
    for (to, from) in limbs.iter_mut().rev().zip(table) {
        *to = *from;
    }
    // Neither number ends: below the next limb there is always something, so a tie cannot occur.
    let below = table.get(LIMBS).map_or(0, |limb| limb | u64::from(*limb == TOP_BIT));
    Wide::rounded(false, exponent, limbs, below)
}

/// The ratio of a circle's circumference to its diameter.
pub(super) fn pi<const LIMBS: usize>() -> Wide<LIMBS> {
    leading(&PI, 1)
}

/// The natural logarithm of two.
pub(super) fn ln_2<const LIMBS: usize>() -> Wide<LIMBS> {
    leading(&LN_2, -1)
}
