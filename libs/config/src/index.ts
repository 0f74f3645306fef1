export {
  choiceSetting,
  flagSetting,
  integerSetting,
  listSetting,
  offerSetting,
  SettingError,
  textSetting,
} from './env.js';
export {
  busDatabaseUrl,
  databaseUrlOf,
  dataDir,
  demo,
  demoEnterprises,
  demoPassword,
  host,
  keysDir,
  logLevel,
  poolMax,
  port,
  portalOrigins,
  trustedProxies,
} from './settings.js';
