//! The dense kernels behind `app/linalg/native.ts`: single-threaded, double precision, row-major, by faer.
//! JavaScript allocates every result and the kernels write into it.

mod blend;
mod centre;
mod eigen;
mod gemm;
mod implicit_ql;
mod matrix;
mod memory;
mod merge;
mod part;
mod reduction;
mod root;
mod scratch;
mod secular;
mod solve;
mod sparse;
mod svd;
mod tridiagonal;
mod zscore;

use napi_derive::napi;

/// The version of these kernels, which must be the one the program was built for.
#[napi(catch_unwind)]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_string()
}

/// The widest vector instructions that faer finds here: they decide the last bits.
#[napi(catch_unwind)]
pub fn cpu_features() -> String {
    #[cfg(target_arch = "x86_64")]
    {
        if std::is_x86_feature_detected!("avx512f") {
            return "x86-64-v4".to_string();
        }
        if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma") {
            return "x86-64-v3".to_string();
        }
    }
    std::env::consts::ARCH.to_string()
}
