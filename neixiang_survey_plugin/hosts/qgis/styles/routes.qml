<qgis styleCategories="Symbology|Forms|Fields" version="3.22.0">
  <renderer-v2 attr="utility" enableorderby="0" forceraster="0" type="categorizedSymbol">
    <categories>
      <category label="给水" render="true" symbol="0" value="water"></category>
      <category label="电力" render="true" symbol="1" value="power"></category>
      <category label="燃气" render="true" symbol="2" value="gas"></category>
      <category label="热力" render="true" symbol="3" value="heat"></category>
      <category label="通信" render="true" symbol="4" value="telecom"></category>
    </categories>
    <symbols>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="0" type="line">
        <layer class="SimpleLine" enabled="1" locked="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="35,35,35,255"></Option>
            <Option name="line_width" type="QString" value="1.1"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="35,35,35,255"></prop>
          <prop k="line_width" v="1.1"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="0,255,255,255"></Option>
            <Option name="line_width" type="QString" value="0.7"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="0,255,255,255"></prop>
          <prop k="line_width" v="0.7"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="1" type="line">
        <layer class="SimpleLine" enabled="1" locked="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="35,35,35,255"></Option>
            <Option name="line_width" type="QString" value="1.1"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="35,35,35,255"></prop>
          <prop k="line_width" v="1.1"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,0,0,255"></Option>
            <Option name="line_width" type="QString" value="0.7"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="255,0,0,255"></prop>
          <prop k="line_width" v="0.7"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="2" type="line">
        <layer class="SimpleLine" enabled="1" locked="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="35,35,35,255"></Option>
            <Option name="line_width" type="QString" value="1.1"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="35,35,35,255"></prop>
          <prop k="line_width" v="1.1"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,0,255,255"></Option>
            <Option name="line_width" type="QString" value="0.7"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="255,0,255,255"></prop>
          <prop k="line_width" v="0.7"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="3" type="line">
        <layer class="SimpleLine" enabled="1" locked="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="35,35,35,255"></Option>
            <Option name="line_width" type="QString" value="1.1"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="35,35,35,255"></prop>
          <prop k="line_width" v="1.1"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="255,128,0,255"></Option>
            <Option name="line_width" type="QString" value="0.7"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="255,128,0,255"></prop>
          <prop k="line_width" v="0.7"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="4" type="line">
        <layer class="SimpleLine" enabled="1" locked="1" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="35,35,35,255"></Option>
            <Option name="line_width" type="QString" value="1.1"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="35,35,35,255"></prop>
          <prop k="line_width" v="1.1"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="0,255,0,255"></Option>
            <Option name="line_width" type="QString" value="0.7"></Option>
            <Option name="line_width_unit" type="QString" value="MM"></Option>
            <Option name="line_style" type="QString" value="solid"></Option>
            <Option name="capstyle" type="QString" value="round"></Option>
            <Option name="joinstyle" type="QString" value="round"></Option>
          </Option>
          <prop k="line_color" v="0,255,0,255"></prop>
          <prop k="line_width" v="0.7"></prop>
          <prop k="line_width_unit" v="MM"></prop>
          <prop k="line_style" v="solid"></prop>
          <prop k="capstyle" v="round"></prop>
          <prop k="joinstyle" v="round"></prop>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <fieldConfiguration>
    <field name="utility">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map">
            <Option name="map" type="List">
              <Option type="Map">
                <Option name="给水" type="QString" value="water"></Option>
              </Option>
              <Option type="Map">
                <Option name="电力" type="QString" value="power"></Option>
              </Option>
              <Option type="Map">
                <Option name="燃气" type="QString" value="gas"></Option>
              </Option>
              <Option type="Map">
                <Option name="热力" type="QString" value="heat"></Option>
              </Option>
              <Option type="Map">
                <Option name="通信" type="QString" value="telecom"></Option>
              </Option>
            </Option>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="laying">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map">
            <Option name="map" type="List">
              <Option type="Map">
                <Option name="直埋" type="QString" value="direct"></Option>
              </Option>
              <Option type="Map">
                <Option name="保护管" type="QString" value="duct"></Option>
              </Option>
              <Option type="Map">
                <Option name="管沟" type="QString" value="trench"></Option>
              </Option>
              <Option type="Map">
                <Option name="综合管廊" type="QString" value="tunnel"></Option>
              </Option>
            </Option>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="pressure_class">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map">
            <Option name="map" type="List">
              <Option type="Map">
                <Option name="低压" type="QString" value="low"></Option>
              </Option>
              <Option type="Map">
                <Option name="中压B" type="QString" value="medium_b"></Option>
              </Option>
              <Option type="Map">
                <Option name="中压A" type="QString" value="medium_a"></Option>
              </Option>
              <Option type="Map">
                <Option name="次高压B" type="QString" value="subhigh_b"></Option>
              </Option>
              <Option type="Map">
                <Option name="次高压A" type="QString" value="subhigh_a"></Option>
              </Option>
            </Option>
          </Option>
        </config>
      </editWidget>
    </field>
    <field name="applicant_kind">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map">
            <Option name="map" type="List">
              <Option type="Map">
                <Option name="企业" type="QString" value="company"></Option>
              </Option>
              <Option type="Map">
                <Option name="其他非居民" type="QString" value="non_resident"></Option>
              </Option>
              <Option type="Map">
                <Option name="居民" type="QString" value="resident"></Option>
              </Option>
            </Option>
          </Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <editable></editable>
</qgis>
