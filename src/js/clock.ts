// The time at which requests are signed.

/** How much the server's and the local clock may differ before the request is worth sending again, in ms. */
export const SKEW = 60 * 1000

/** Whether the year of a time, in ms since the epoch, fits into the four digits of x-amz-date. */
export const canBeSigned = (ms: number) => ms >= -62_167_219_200_000 && ms <= 253_402_300_799_999

/** A client's clock, corrected by the gateway's answers. */
export class Clock {
  declare offset: number

  /** @param offset the configured offset, in ms */
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
