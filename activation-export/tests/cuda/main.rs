//! Kernels for CUDA, where there is no GPU: compiled by NVRTC, which needs none, and run on the CPU.

mod host;
mod nvrtc;
mod run;
