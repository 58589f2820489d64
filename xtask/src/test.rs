use anyhow::Result;
pub fn test(_a: &[String]) -> Result<()> {
    Ok(())
}
