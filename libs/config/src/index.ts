export { choiceSetting, flagSetting, integerSetting, listSetting, SettingError, textSetting } from './env.js';
export {
  busDatabaseUrl,
  databaseUrlOf,
  dataDir,
  demo,
  host,
  keysDir,
  logLevel,
  poolMax,
  port,
  portalOrigins,
  type ServiceName,
  serviceNames,
} from './settings.js';
