// The time that requests are signed for.

/** Server and local clock may differ by this much before a correction is worth a resend, in ms. */
export const SKEW = 60 * 1000

/** Whether the year of a time, in ms since the epoch, has the four digits that x-amz-date gives it. */
export const canBeSigned = (ms: number) => ms >= -62_167_219_200_000 && ms <= 253_402_300_799_999

/** A client's clock: what the gateway's answers taught about it. */
export class Clock {
  declare offset: number

  /** @param offset the configured one, in ms */
  constructor(offset: number) {
    this.offset = offset
  }

  now() {
    return Date.now() + this.offset
  }

  /** @param serverTime ms since the epoch */
  correct(serverTime: number) {
    if (Math.abs(serverTime - this.now()) > SKEW) this.offset = serverTime - Date.now()
  }
}
