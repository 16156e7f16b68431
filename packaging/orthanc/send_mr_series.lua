-- SPDX-FileCopyrightText: 2026 The paraspinal authors
-- SPDX-License-Identifier: Apache-2.0
--
-- For Orthanc: sends every MR series to the modality "paraspinal" as soon as nothing more of it comes
-- ("StableAge" seconds). Series rather than studies: objects of other kinds would be refused, and our own
-- results, which lie in the same study, would be sent back to us. Where the DICOMweb plugin knows a server
-- "archive" (gateway.json), our results go on to it by STOW-RS.

local function knows_archive()
   local servers = RestApiGet('/dicom-web/servers')
   for _, name in pairs(servers and ParseJson(servers) or {}) do
      if name == 'archive' then return true end
   end
   return false
end

function OnStableSeries(series, tags, metadata)
   local job = {Resources = {series}}
   if string.find(tags['SeriesDescription'] or '', 'Paraspinal.*%(research use%)') then
      if knows_archive() then
         job.Synchronous = false
         RestApiPost('/dicom-web/servers/archive/stow', DumpJson(job, true))
      end
   elseif tags['Modality'] == 'MR' then
      -- SendToModality() of Orthanc 1.10 takes instances only.
      job.Asynchronous = true
      RestApiPost('/modalities/paraspinal/store', DumpJson(job, true))
   end
end
