//! The export: one object whose methods take and give numbers, so that no text needs a shim of its own.
//! Reading JavaScript values, sending and the shapes of results are in the scripts (`src/js/*.js`); how texts cross, and what the jobs are, is in [`crate::boundary`].

use crate::boundary::{Boundary, Numbers};
use alloc::boxed::Box;
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

/// The module: see [`Boundary`].
#[wasm_bindgen]
pub struct Core(&'static mut Boundary);

#[wasm_bindgen]
impl Core {
    /// With no client and no signer in it.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self(Box::leak(Box::default()))
    }

    /// The address of room for so many bytes of input; 0 if there is not enough memory.
    pub fn input(&mut self, size: usize) -> *mut u8 {
        self.0.input(size).map_or(core::ptr::null_mut(), <[u8]>::as_mut_ptr)
    }

    /// The address of what the last job answered.
    pub fn output(&self) -> *const u8 {
        self.0.output().as_ptr()
    }

    /// See [`Boundary::call`].
    pub fn call(&mut self, job: u32, handle: usize, count: usize, size: usize, now: f64, number: f64) -> f64 {
        self.0.call(job, count, size, Numbers { handle, now, number })
    }
}
