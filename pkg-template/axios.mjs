// An interceptor of axios: needs neither the module nor axios.

export { axiosInterceptor } from 'gatesign-clients/axios.ts'
