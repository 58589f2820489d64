//! The exports: functions that take and give numbers, so that no text needs a shim of its own.
//! Reading JavaScript values, sending and the shapes of results are in the scripts (`src/js/*.ts`); how texts cross, and what the jobs are, is in [`crate::boundary`].

use crate::boundary::{Boundary, Numbers};
use spin::Mutex;
use wasm_bindgen::prelude::*;

#[cfg(not(feature = "std"))]
use {talc::wasm::WasmDynamicTalc, zeroizing_alloc::ZeroAlloc};

/// Every block is wiped when it is freed: secrets and tokens are in texts of all kinds, which grow and
/// move.
#[cfg(not(feature = "std"))]
#[global_allocator]
static ALLOCATOR: ZeroAlloc<WasmDynamicTalc> = ZeroAlloc(talc::wasm::new_wasm_dynamic_allocator());

/// Without the standard library's handler and its formatting, 20 KB of the module go.
#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// All that the instance holds. It has one thread, so the lock is always free: it is what makes a global that
/// changes safe. As an object of wasm-bindgen's, with its counts of references and borrows, it was 0.5 KB larger.
static BOUNDARY: Mutex<Boundary> = Mutex::new(Boundary::new());

/// The address of room for so many bytes of input; 0 if there is not enough memory.
#[wasm_bindgen]
pub fn input(size: usize) -> *mut u8 {
    BOUNDARY.lock().input(size).map_or(core::ptr::null_mut(), <[u8]>::as_mut_ptr)
}

/// The address of what the last job answered.
#[wasm_bindgen]
pub fn output() -> *const u8 {
    BOUNDARY.lock().output().as_ptr()
}

/// See [`Boundary::call`].
#[wasm_bindgen]
pub fn call(job: u32, handle: usize, count: usize, size: usize, now: f64, number: f64) -> f64 {
    BOUNDARY.lock().call(job, count, size, Numbers { handle, now, number })
}
