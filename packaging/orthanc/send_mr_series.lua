-- SPDX-FileCopyrightText: 2026 The paraspinal authors
-- SPDX-License-Identifier: Apache-2.0
--
-- For Orthanc: sends every MR series to the modality "paraspinal" as soon as nothing more of it comes
-- ("StableAge" seconds). Series rather than studies: objects of other kinds would be refused, and our own
-- results, which lie in the same study, would be sent back to us. Where the DICOMweb plugin knows a server
-- "archive" (gateway.json), our results go on to it by STOW-RS.

-- What fails is tried again: Orthanc alone tries once. Its Lua has no timer, so that a shell waits and asks
-- for it by curl. What waits when Orthanc is restarted is forgotten: its page of jobs lists it.

-- Where Orthanc answers. A password goes into ~/.netrc of the user that runs it.
local rest = 'http://localhost:8042'
local first_wait_s, longest_wait_s = 30, 3600
local waits_s = {} -- Before the next try, by the ID of our job.

local function submit(path, resources)
   local job = {Resources = resources, Asynchronous = true}
   waits_s[ParseJson(RestApiPost(path, DumpJson(job, true))).ID] = first_wait_s
end

function OnJobFailure(job)
   local wait_s = waits_s[job]
   if wait_s then
      waits_s[job] = math.min(2 * wait_s, longest_wait_s)
      local again = string.format('curl -sn -d "" %s/jobs/%s/resubmit', rest, job)
      os.execute(string.format('(sleep %d; %s) > /dev/null 2>&1 &', wait_s, again))
   end
end

function OnJobSuccess(job)
   waits_s[job] = nil
end

local function knows_archive()
   local servers = RestApiGet('/dicom-web/servers')
   for _, name in pairs(servers and ParseJson(servers) or {}) do
      if name == 'archive' then return true end
   end
   return false
end

function OnStableSeries(series, tags, metadata)
   if string.find(tags['SeriesDescription'] or '', 'Paraspinal.*%(research use%)') then
      if knows_archive() then submit('/dicom-web/servers/archive/stow', {series}) end
   elseif tags['Modality'] == 'MR' then
      -- SendToModality() of Orthanc 1.10 takes instances only.
      submit('/modalities/paraspinal/store', {series})
   end
end
