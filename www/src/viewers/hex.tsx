import { Virtual } from '../ui/virtual'

const WIDTH = 16

export function Hex({ bytes }: { bytes: Uint8Array }) {
  return (
    <Virtual
      label="Bytes"
      className="mono hex"
      count={Math.ceil(bytes.length / WIDTH)}
      rowHeight={20}
      render={(i) => {
        const row = bytes.subarray(i * WIDTH, (i + 1) * WIDTH)
        return (
          <div key={i} class="hex-line">
            <span class="muted">{(i * WIDTH).toString(16).padStart(8, '0')}</span>
            <span>
              {Array.from(row, (byte) => byte.toString(16).padStart(2, '0'))
                .join(' ')
                .padEnd(WIDTH * 3 - 1)}
            </span>
            <span class="muted">
              {Array.from(row, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join(
                '',
              )}
            </span>
          </div>
        )
      }}
    />
  )
}
