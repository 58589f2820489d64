//! Signature Version 4 as the server sees it: read the claim, check it in API Gateway's order.

pub mod canonical;
pub mod claim;
pub mod identity;
pub mod timestamp;
pub mod verify;

mod recompute;
