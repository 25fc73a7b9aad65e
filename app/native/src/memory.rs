//! Memory that was freed and not yet given back.

use napi_derive::napi;

use crate::scratch;

#[cfg(all(target_os = "linux", target_env = "gnu"))]
extern "C" {
    fn malloc_trim(pad: usize) -> i32;
}

/// Gives freed memory back to the system. The GNU allocator keeps freed matrices of a few megabytes for itself, in an
/// arena for each thread: a process that aligns grows by half without this. Other allocators need no asking.
#[napi(catch_unwind)]
pub fn give_back_memory() {
    scratch::clear();
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    unsafe {
        malloc_trim(0);
    }
}
