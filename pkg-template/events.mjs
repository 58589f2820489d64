// Server-Sent Events of an answer: needs neither the module nor another entry.

export { readEvents } from 'gatesign-streams/events.ts'
