// Which commands have an option.

export const REQUEST = ['call', 'presign', 'explain'] as const
export const BODY = ['call', 'explain'] as const
export const CALL = ['call'] as const
export const SENT = ['call', 'run', 'proxy'] as const
