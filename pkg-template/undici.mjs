// An interceptor of undici: needs neither the module nor undici.

export { undiciInterceptor } from 'gatesign-clients/undici.ts'
