import { CurrentViewer, SignedIn, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, NotACommand } from '@app/service';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';

import {
  ChangePreferenceRequest,
  ChangeSettingRequest,
  NameContactRequest,
  ProveContactRequest,
  RemoveContactRequest,
} from './change-setting.request.js';
import { Contacts } from './contacts.service.js';
import { PreferenceList, SettingResponse } from './setting.response.js';
import { Settings } from './settings.service.js';

/** 通知设置: language, quiet hours, digest, addresses, and what comes by which way. */
@Controller('settings')
export class SettingController {
  constructor(
    private readonly settings: Settings,
    private readonly contacts: Contacts,
  ) {}

  @SignedIn()
  @Get()
  read(@CurrentViewer() viewer: Viewer): Promise<SettingResponse> {
    return this.settings.read(viewer);
  }

  /** What is not named stays as it is. */
  @SignedIn()
  @HttpCode(200)
  @Post()
  change(@CurrentCommand() command: Command, @Body() body: ChangeSettingRequest): Promise<SettingResponse> {
    return this.settings.change(command, body);
  }

  @SignedIn()
  @Get('preferences')
  preferences(@CurrentViewer() viewer: Viewer): Promise<PreferenceList> {
    return this.settings.preferences(viewer);
  }

  @SignedIn()
  @HttpCode(200)
  @Post('preferences')
  prefer(@CurrentCommand() command: Command, @Body() body: ChangePreferenceRequest): Promise<PreferenceList> {
    return this.settings.prefer(command, body);
  }

  /** Sends six digits to an e-mail address or a telephone, which counts once they were given back. */
  @SignedIn()
  @NotACommand('sends a code: a repeat is held back for a minute and then sends another one')
  @HttpCode(202)
  @Post('contacts')
  async name(@CurrentViewer() viewer: Viewer, @Body() body: NameContactRequest): Promise<void> {
    await this.contacts.name(viewer, body);
  }

  @SignedIn()
  @HttpCode(200)
  @Post('contacts/proof')
  async prove(@CurrentCommand() command: Command, @Body() body: ProveContactRequest): Promise<SettingResponse> {
    await this.contacts.prove(command, body);
    return this.settings.change(command, {});
  }

  @SignedIn()
  @HttpCode(200)
  @Post('contacts/removal')
  async remove(@CurrentCommand() command: Command, @Body() body: RemoveContactRequest): Promise<SettingResponse> {
    await this.contacts.remove(command, body);
    return this.settings.change(command, {});
  }
}
