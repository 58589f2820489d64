use anyhow::Result;
pub fn demo(_a: &[String]) -> Result<()> {
    Ok(())
}
