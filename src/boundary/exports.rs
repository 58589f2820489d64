//! The exports: functions that take and return numbers, so that no text needs its own shim. The scripts
//! (`src/js/*.ts`) read JavaScript values, send requests and shape results; [`crate::boundary`] defines how
//! texts cross and which jobs there are.

use crate::boundary::{Boundary, Numbers};
use spin::Mutex;
use wasm_bindgen::prelude::*;

#[cfg(not(feature = "std"))]
use {talc::wasm::WasmDynamicTalc, zeroizing_alloc::ZeroAlloc};

/// Wipes every block when it is freed: many texts contain secrets and tokens, and move as they grow.
#[cfg(not(feature = "std"))]
#[global_allocator]
static ALLOCATOR: ZeroAlloc<WasmDynamicTalc> = ZeroAlloc(talc::wasm::new_wasm_dynamic_allocator());

/// Replaces the standard library's handler and its formatting, which would add 20 KB to the module.
#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// The state of the instance. There is only one thread, so the lock is always free; it makes a mutable global
/// safe. As an object of wasm-bindgen, with its counts of references and borrows, it was 0.5 KB larger.
static BOUNDARY: Mutex<Boundary> = Mutex::new(Boundary::new());

/// The address of a buffer for this many bytes of input; 0 if there is not enough memory.
#[wasm_bindgen]
pub fn input(size: usize) -> *mut u8 {
    BOUNDARY.lock().input(size).map_or(core::ptr::null_mut(), <[u8]>::as_mut_ptr)
}

/// The address of the last job's answer.
#[wasm_bindgen]
pub fn output() -> *const u8 {
    BOUNDARY.lock().output().as_ptr()
}

/// See [`Boundary::call`].
#[wasm_bindgen]
pub fn call(job: u32, handle: usize, count: usize, size: usize, now: f64, number: f64) -> f64 {
    BOUNDARY.lock().call(job, count, size, Numbers { handle, now, number })
}
