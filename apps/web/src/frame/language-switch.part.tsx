import { frameText } from './frame.text.js';
import { useLanguage, useText } from './language.part.js';

/** Each language is named in itself. */
export function LanguageSwitch() {
  const text = useText(frameText);
  const { language, choose } = useLanguage();
  return (
    <div className="languages" role="group" aria-label={text('language')}>
      <button type="button" lang="zh-CN" aria-pressed={language === 'zh'} onClick={() => choose('zh')}>
        中文
      </button>
      <button type="button" lang="en" aria-pressed={language === 'en'} onClick={() => choose('en')}>
        English
      </button>
    </div>
  );
}
