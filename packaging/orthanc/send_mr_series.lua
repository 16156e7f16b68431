-- SPDX-FileCopyrightText: 2026 The paraspinal authors
-- SPDX-License-Identifier: Apache-2.0
--
-- For Orthanc: sends every MR series to the modality "paraspinal" as soon as nothing more of it comes
-- ("StableAge" seconds). Series rather than studies: objects of other kinds would be refused, and our own
-- results, which lie in the same study, would be sent back to us.

function OnStableSeries(series, tags, metadata)
   local is_ours = string.find(tags['SeriesDescription'] or '', '^Paraspinal') ~= nil
   if tags['Modality'] == 'MR' and not is_ours then
      -- SendToModality() of Orthanc 1.10 takes instances only.
      local job = {Resources = {series}, Asynchronous = true}
      RestApiPost('/modalities/paraspinal/store', DumpJson(job, true))
   end
end
