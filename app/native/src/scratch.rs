//! Memory that a thread uses again from call to call: taking it anew from the system costs as much as the
//! arithmetic of a small matrix.

use std::cell::RefCell;

use faer::dyn_stack::{MemBuffer, StackReq};

thread_local! {
    static NUMBERS: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    static MEMORY: RefCell<Option<MemBuffer>> = const { RefCell::new(None) };
}

/// Calls `work` with so many numbers, of any value.
pub fn numbers<T>(count: usize, work: impl FnOnce(&mut [f64]) -> T) -> T {
    NUMBERS.with_borrow_mut(|kept| {
        if kept.len() < count {
            *kept = vec![0.0; count];
        }
        work(&mut kept[..count])
    })
}

/// Numbers of which there is such memory.
pub trait Lent: Sized {
    fn lend<T>(count: usize, work: impl FnOnce(&mut [Self]) -> T) -> T;
}

impl Lent for f64 {
    fn lend<T>(count: usize, work: impl FnOnce(&mut [f64]) -> T) -> T {
        numbers(count, work)
    }
}

impl Lent for f32 {
    fn lend<T>(count: usize, work: impl FnOnce(&mut [f32]) -> T) -> T {
        // Any bits are a number in single precision, and a double takes the place of two.
        numbers(count.div_ceil(2), |numbers| work(&mut unsafe { numbers.align_to_mut::<f32>() }.1[..count]))
    }
}

/// Calls `work` with as much memory as faer asks for.
pub fn memory<T>(need: StackReq, work: impl FnOnce(&mut MemBuffer) -> T) -> T {
    MEMORY.with_borrow_mut(|kept| {
        let enough = kept.as_ref().is_some_and(|memory| memory.len() >= need.unaligned_bytes_required());
        if !enough {
            *kept = Some(MemBuffer::new(need));
        }
        work(kept.as_mut().expect("it was made just now"))
    })
}

/// Lets go of this thread's.
pub fn clear() {
    NUMBERS.with_borrow_mut(|kept| *kept = Vec::new());
    MEMORY.with_borrow_mut(|kept| *kept = None);
}
