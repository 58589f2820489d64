// 16 px line icons.

const PATHS = {
  menu: 'M2 4h12M2 8h12M2 12h12',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 100 4 2 2 0 000-4z',
  play: 'M5 3l8 5-8 5z',
  search: 'M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3L14 14',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  sun: 'M8 5a3 3 0 100 6 3 3 0 000-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13 9.5A5.5 5.5 0 016.5 3 5.5 5.5 0 1013 9.5z',
  half: 'M8 2a6 6 0 100 12A6 6 0 008 2zM8 2v12M8 5h5M8 8h6M8 11h5',
  key: 'M10.5 2.5a3 3 0 11-2.6 4.5L3 12v1.5h2V12h1.500v-1.500H8l1-1.200',
  download: 'M8 2.500v8M4.500 7.500L8 11l3.500-3.500M2.500 13.500h11',
  save: 'M4 2.5h8v11l-4-3-4 3z',
  upload: 'M8 11V3M4.500 6.500L8 3l3.500 3.500M2.500 13.500h11',
  pencil: 'M3 13l.8-3L11 2.800l2.200 2.200L6 12.200z',
  help: 'M6 6a2 2 0 113 1.700c-.7.400-1 .800-1 1.600M8 11.600v.4M8 1.800a6.200 6.200 0 100 12.400A6.200 6.200 0 008 1.800z',
  alert: 'M8 2l6.500 11.500h-13zM8 6.500v3.500M8 11.800v.3',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
