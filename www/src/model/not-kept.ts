// Replaces credentials in stored texts. It has the form of a variable that no environment can have, so nothing is sent
// before it is replaced.

export const NOT_KEPT = '{{not kept: enter it again}}'

/** Texts of format 1 contain `[redacted]` instead, which would be sent like any other word. */
export const markKept = (text: string) => text.replaceAll('[redacted]', NOT_KEPT)
