// Replaces credentials in texts that outlive the page. It is written like a variable that no environment can have, so
// nothing is sent before it is replaced.

export const NOT_KEPT = '{{not kept: enter it again}}'

/** Texts of format 1 had `[redacted]` there, which is sent like any other word. */
export const markKept = (text: string) => text.replaceAll('[redacted]', NOT_KEPT)
